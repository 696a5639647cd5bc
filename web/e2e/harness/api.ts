/** The API, for what a journey needs to be there before it begins, and to look at what it left. */
export class Api {
  readonly #url: string;
  readonly #cookies = new Map<string, string>();

  constructor(address: string) {
    this.#url = `${address}/graphql`;
  }

  /** Sends an operation, and returns its data. Any error fails, a payload's userErrors too. */
  // biome-ignore lint/suspicious/noExplicitAny: journeys look at a few fields, which fail loudly if they are missing
  async ask(query: string, variables: object = {}): Promise<any> {
    const response = await fetch(this.#url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Cookie: this.#cookie() },
      body: JSON.stringify({ query, variables }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.#cookies.set(name, value);
    }
    const { data, errors } = (await response.json()) as {
      data: Record<string, { userErrors?: unknown[] }>;
      errors?: unknown;
    };
    const problems = errors ?? Object.values(data).flatMap((each) => each?.userErrors ?? []);
    if (Array.isArray(problems) && problems.length > 0) throw new Error(JSON.stringify(problems));
    return data;
  }

  /** Follows an address as the browser does that has this session's cookie, without its redirects. */
  visit(url: string): Promise<Response> {
    return fetch(url, { headers: { Cookie: this.#cookie() }, redirect: "manual" });
  }

  #cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }
}
