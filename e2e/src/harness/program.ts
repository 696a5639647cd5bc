import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";

/** The built program: `npm run build` puts it there. */
const binary = path.resolve(__dirname, "../../.build/watchkeeper");

/** How long the program may take to be ready or to end, however busy the machine. */
const patience = 60_000;

/** A running Watchkeeper program. */
export class Program {
  private readonly child: ChildProcess;
  private readonly output: string[] = [];
  private readonly ended: Promise<unknown>;
  private readonly endWithTests = () => this.child.kill("SIGTERM");

  /** Starts the program with these settings and nothing else of the environment's. */
  constructor(args: string[], settings: Record<string, string> = {}) {
    const { PATH = "", HOME = "" } = process.env;
    this.child = spawn(binary, args, { env: { PATH, HOME, ...settings }, stdio: ["ignore", "pipe", "pipe"] });
    this.ended = once(this.child, "close");
    process.once("exit", this.endWithTests);
  }

  /** Waits for a line of output that matches, and returns the match. */
  async line(pattern: RegExp): Promise<RegExpExecArray> {
    const found = new Promise<RegExpExecArray>((resolve, reject) => {
      for (const stream of [this.child.stdout!, this.child.stderr!]) {
        createInterface({ input: stream }).on("line", (line) => {
          this.output.push(line);
          const match = pattern.exec(line);
          if (match) resolve(match);
        });
      }
      void this.ended.then(() => reject(new Error(`it ended without ${pattern}:\n${this.output.join("\n")}`)));
    });
    return within(found, `a line like ${pattern}`);
  }

  /** Ends the program as a service manager does, and waits for its end. */
  async stop(): Promise<void> {
    this.child.kill("SIGTERM");
    await within(this.ended, "the program's end");
    process.off("exit", this.endWithTests);
    if (this.child.exitCode !== 0) {
      throw new Error(`it ended with ${this.child.exitCode ?? this.child.signalCode}:\n${this.output.join("\n")}`);
    }
  }
}

/** Fails if it takes too long. */
export async function within<T>(work: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited in vain for ${what}`)), patience);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
