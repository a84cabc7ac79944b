// Follows a job of the service until it is over: what was found of places and of patrols is found the same way.
import { Refused } from '../../../shared/api.ts';
import { isOver, type JobApi } from '../../../shared/jobs.ts';
import { faultOf } from '../faults.ts';
import type { DeskFault } from '../state.ts';
import type { DeskStore } from '../store.ts';

/** Soon at first, since a first answer comes soon; the service also says by itself when there is more. */
const LOOKS_MS = [120, 180, 250, 400] as const;
const LOOK_MS = 500;
/** So often in a row a job may not be told before it is given up. */
const MOST_MISSES = 8;

interface Followed {
  readonly id: string;
  readonly state: string;
}

/** What comes of a search, told by its number: answers of an earlier one are not wanted any more. */
export interface Finder<Job> {
  isWanted(search: number): boolean;
  came(search: number, job: Job): void;
  failed(search: number, cause: unknown): void;
}

/** One search at a time: the one before is ended. */
export function searches<Request, Job extends Followed>(api: JobApi<Request, Job>, finder: Finder<Job>) {
  /** The job that is under way, to be ended when another is asked for. */
  let current: { region: string; id: string } | null = null;

  function drop(): void {
    if (current === null) return;
    const { region, id } = current;
    current = null;
    // Whoever cannot be told ends by itself.
    api.end(region, id).catch(() => {});
  }

  async function begin(search: number, region: string, asked: Request): Promise<void> {
    let job: Job;
    try {
      job = await api.begin(region, asked);
    } catch (cause) {
      finder.failed(search, cause);
      return;
    }
    if (!finder.isWanted(search)) {
      api.end(region, job.id).catch(() => {});
      return;
    }
    finder.came(search, job);
    if (!isOver(job)) await follow(search, region, job.id);
  }

  async function follow(search: number, region: string, id: string): Promise<void> {
    current = { region, id };
    let wake = () => {};
    const hush = api.listen(region, (changed) => changed === id && wake());
    let misses = 0;
    for (let looks = 0; finder.isWanted(search); looks += 1) {
      await new Promise<void>((done) => {
        wake = done;
        setTimeout(done, LOOKS_MS[looks] ?? LOOK_MS);
      });
      if (!finder.isWanted(search)) break;
      try {
        const job = await api.look(region, id);
        misses = 0;
        finder.came(search, job);
        if (isOver(job)) break;
      } catch (cause) {
        misses += 1;
        if (cause instanceof Refused || misses === MOST_MISSES) {
          finder.failed(search, cause);
          break;
        }
      }
    }
    hush();
    if (current?.id === id) {
      if (finder.isWanted(search)) current = null;
      else drop();
    }
  }

  /** Ends the search; what is best so far is taken. */
  async function stop(search: number): Promise<void> {
    const job = current;
    if (job === null) return;
    try {
      finder.came(search, await api.end(job.region, job.id));
    } catch (cause) {
      finder.failed(search, cause);
    }
  }

  return { begin, drop, stop };
}

/** What went wrong; who is not known any more is asked to sign in again. */
export function faultFor(desk: DeskStore, cause: unknown): DeskFault {
  const fault = faultOf(cause);
  if (fault.what === 'refused' && fault.kind === 'not-signed-in') {
    desk.dispatch({ is: 'failed', deed: 'list', fault });
  }
  return fault;
}
