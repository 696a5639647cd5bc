import { Program } from "./program";

/** A Clio in memory: `watchkeeper sandbox`. */
export class Clio {
  private constructor(
    readonly address: string,
    private readonly program: Program,
  ) {}

  static async start(): Promise<Clio> {
    const program = new Program(["sandbox", "--listen-addr", "127.0.0.1:0"]);
    const [, address] = await program.line(/^A Clio in memory at (\S+),/);
    return new Clio(address, program);
  }

  stop(): Promise<void> {
    return this.program.stop();
  }

  /** Moves a client. The client of the seed's matter 1002 is contact 502, and so on. */
  async move(contact: number, city: string, province: string): Promise<void> {
    await this.control("PATCH", `contacts/${contact}`, { primary_address: { city, province } });
  }

  /** Replaces the faults that are switched on; GET /sandbox/faults lists those that exist. */
  async fail(...faults: { fault: string; seconds?: number }[]): Promise<void> {
    await this.control("PUT", "faults", faults);
  }

  /** Grants access on the page that an authorization's address shows, and returns the address that the browser is sent to. */
  async approve(authorizationUrl: string): Promise<string> {
    const page = new URL(authorizationUrl);
    const form = page.searchParams; // the page's form has the same fields
    form.set("decision", "allow");
    const response = await fetch(page.origin + page.pathname, { method: "POST", body: form, redirect: "manual" });
    return redirectOf(response);
  }

  private async control(method: string, path: string, body: unknown): Promise<void> {
    const response = await fetch(`${this.address}/sandbox/${path}`, { method, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  }
}

/** The address that a response redirects to. */
export function redirectOf(response: Response): string {
  const location = response.headers.get("Location");
  if (!location) throw new Error(`no redirect: ${response.status} at ${response.url}`);
  return new URL(location, response.url).href;
}
