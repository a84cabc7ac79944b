// The program under test: started on the sample region, at a port of its own, stopped at the end.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const binary = process.env.ZHUGAN ?? `${root}target/release/zhugan`;
const regionFolder = process.env.REGION ?? `${root}maps/liechtenstein`;

export class Program {
  #process: ChildProcess | null = null;
  #said: string[] = [];

  constructor(
    readonly port: number,
    readonly options: readonly string[] = [],
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    if (!existsSync(binary)) throw new Error(`no program at ${binary}; run: cargo build --release`);
    const said: string[] = [];
    this.#said = said;
    const serve = ['serve', regionFolder, '--listen', `127.0.0.1:${this.port}`, ...this.options];
    this.#process = spawn(binary, serve, {
      cwd: root,
      // Nothing is kept in the home of whoever runs the tests: here nothing can be.
      env: { ...process.env, XDG_DATA_HOME: '/dev/null' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process.stdout?.on('data', (text) => said.push(String(text)));
    this.#process.stderr?.on('data', (text) => said.push(String(text)));
    for (let tries = 0; tries < 240; tries += 1) {
      if (this.#process.exitCode !== null) throw new Error(`the program left: ${said.join('')}`);
      const isReady = await fetch(`${this.url}/readyz`).then(
        (answer) => answer.ok,
        () => false,
      );
      if (isReady) return;
      await new Promise((done) => setTimeout(done, 250));
    }
    throw new Error(`the program is not ready after a minute: ${said.join('')}`);
  }

  /** The token of the one-time link that the program prints when it first starts. */
  async invitation(): Promise<string> {
    for (let tries = 0; tries < 40; tries += 1) {
      const token = /#invitation=([\w-]+)/.exec(this.#said.join(''))?.[1];
      if (token !== undefined) return token;
      await new Promise((done) => setTimeout(done, 250));
    }
    throw new Error(`no link was printed: ${this.#said.join('')}`);
  }

  async stop(): Promise<void> {
    const running = this.#process;
    this.#process = null;
    if (running === null || running.exitCode !== null) return;
    const left = new Promise((done) => running.once('exit', done));
    running.kill('SIGTERM');
    const timer = setTimeout(() => running.kill('SIGKILL'), 5000);
    await left;
    clearTimeout(timer);
  }
}
