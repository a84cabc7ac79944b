// Reports and their photos on their way to the service. Fetched with the form.
import { Refused } from '../../shared/api.ts';
import { shrink } from '../../shared/pictures.ts';
import { sendPhoto, sendReport } from '../../shared/report.ts';
import type { Reporting } from '../panels/planner.ts';
import type { Fault } from '../state.ts';

/** The long edge of what is sent, pixels: more is not kept. */
const EDGE = 2048;

/** How a report about a region is sent; what went wrong is an answer, too. */
export function reportingOf(region: string): Reporting {
  return {
    async send(report) {
      try {
        return await sendReport(region, report);
      } catch (cause) {
        return faultOf(cause);
      }
    },
    async addPhoto(receipt, photo, progress) {
      try {
        await sendPhoto(region, receipt, photo, progress);
        return null;
      } catch (cause) {
        return faultOf(cause);
      }
    },
    shrink: (file) => shrink(file, EDGE),
  };
}

/** What tells the page's other faults is part of the first load, which would grow if others fetched it from there. */
function faultOf(cause: unknown): Fault {
  if (!(cause instanceof Refused)) return { what: 'unreachable' };
  return { what: 'refused', why: cause.message, kind: cause.problem.type.replace(/^.*\//, '') };
}
