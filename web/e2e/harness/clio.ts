import { Program } from "./program.ts";

/** A Clio in memory, with ways to change it: GET /sandbox/ lists them all. */
export class Clio {
  readonly address: string;
  readonly program: Program;

  private constructor(address: string, program: Program) {
    this.address = address;
    this.program = program;
  }

  static async start(binary: string): Promise<Clio> {
    const program = new Program(binary, ["sandbox", "--listen-addr", "127.0.0.1:0"]);
    const [, address = ""] = await program.line(/^A Clio in memory at (\S+),/);
    return new Clio(address, program);
  }

  /** Edits a contact. The client of the seed's matter 1002 is contact 502, and so on. */
  async contact(id: number, change: object): Promise<void> {
    await this.#control("PATCH", `contacts/${id}`, change);
  }

  /** Edits a matter. */
  async matter(id: number, change: object): Promise<void> {
    await this.#control("PATCH", `matters/${id}`, change);
  }

  /** Adds a record, and returns its id. */
  async add(collection: "matters" | "contacts", record: object): Promise<number> {
    const added = await this.#control("POST", collection, record);
    const { data } = (await added.json()) as { data: { id: number } };
    return data.id;
  }

  /** Hides a matter from the connected user, or shows it again. */
  async hideMatter(id: number, isHidden = true): Promise<void> {
    await this.#control("POST", `matters/${id}/${isHidden ? "hide" : "unhide"}`);
  }

  /** Replaces the faults that are switched on: none at all without arguments. */
  async fail(...faults: { fault: string; path?: string; seconds?: number; times?: number }[]): Promise<void> {
    await this.#control("PUT", "faults", faults);
  }

  /** Ends every grant, as when the user removes the application in Clio. */
  async revoke(): Promise<void> {
    await this.#control("POST", "tokens/revoke");
  }

  /** Grants access on the page that an authorization's address shows, and returns the address that the browser is sent to. */
  async approve(authorizationUrl: string): Promise<string> {
    const page = new URL(authorizationUrl);
    const form = page.searchParams; // the page's form has the same fields
    form.set("decision", "allow");
    const response = await fetch(page.origin + page.pathname, { method: "POST", body: form, redirect: "manual" });
    return new URL(response.headers.get("Location") ?? "", response.url).href;
  }

  async #control(method: string, path: string, body?: unknown): Promise<Response> {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await fetch(`${this.address}/sandbox/${path}`, init);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  }
}
