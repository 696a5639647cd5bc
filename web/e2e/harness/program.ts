import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A running Watchkeeper program. */
export class Program {
  readonly #child: ChildProcess;
  readonly #output: string[] = [];
  readonly #ended: Promise<unknown>;

  /** Starts the program with these settings and nothing else of the environment's. */
  constructor(binary: string, args: string[], settings: Record<string, string> = {}) {
    const { PATH = "", HOME = "" } = process.env;
    this.#child = spawn(binary, args, { env: { PATH, HOME, ...settings }, stdio: ["ignore", "pipe", "pipe"] });
    this.#ended = once(this.#child, "close");
    const kill = () => this.#child.kill("SIGTERM");
    process.once("exit", kill);
    this.#ended.then(() => process.off("exit", kill));
  }

  /** Waits for a line of output that matches, and returns the match. */
  line(pattern: RegExp): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      for (const stream of [this.#child.stdout, this.#child.stderr]) {
        if (!stream) continue;
        createInterface({ input: stream }).on("line", (line) => {
          this.#output.push(line);
          const match = pattern.exec(line);
          if (match) resolve(match);
        });
      }
      this.#ended.then(() => reject(new Error(`it ended without ${pattern}:\n${this.#output.join("\n")}`)));
    });
  }

  /** Ends the program as a service manager does, and waits for its end. */
  async stop(): Promise<void> {
    this.#child.kill("SIGTERM");
    await this.#ended;
  }
}
