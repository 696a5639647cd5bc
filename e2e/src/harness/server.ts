import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { Clio, redirectOf } from "./clio";
import { fetchWithCookies } from "./cookies";
import { Program } from "./program";

/** The administrator whom startServer signs up. */
export const administrator = { email: "ada@firm.test", password: "watch-and-keep" };

/** What a mutation with one field, aliased payload, answers. */
interface Answer {
  data: { payload: { authorizationUrl?: string; userErrors: { message: string }[] } };
  errors?: unknown;
}

/** A server with its built-in database, connected to a Clio of its own, and without a watch. */
export class Server {
  private program?: Program;

  private constructor(
    readonly clio: Clio,
    private readonly folder: string,
    private readonly listen: string,
  ) {}

  /** The address of the API by HTTP. */
  get url(): string {
    return `http://${this.listen}/graphql`;
  }

  /** The address of the API by WebSocket. */
  get webSocketUrl(): string {
    return `ws://${this.listen}/graphql`;
  }

  /** Starts a server with a firm that is connected to Clio. */
  static async start(): Promise<Server> {
    const folder = await mkdtemp(path.join(tmpdir(), "watchkeeper-e2e-"));
    await chmod(folder, 0o755); // as root, the built-in database has a user of its own
    const server = new Server(await Clio.start(), folder, await freeAddress());
    await server.resume();
    await server.connectFirm();
    return server;
  }

  /** Starts the server again, on the same database and address. */
  async resume(): Promise<void> {
    this.program = new Program(["serve"], {
      DATA_DIR: path.join(this.folder, "data"),
      LISTEN_ADDR: this.listen,
      CLIO_BASE_URL: this.clio.address,
      CLIO_CLIENT_ID: "e2e",
      CLIO_CLIENT_SECRET: "e2e",
      LOG_FORMAT: "json",
    });
    await this.program.line(/"msg":"serving"/);
  }

  /** Stops the server, and keeps its database and its Clio. */
  async pause(): Promise<void> {
    await this.program?.stop();
  }

  /** Stops and removes everything. */
  async stop(): Promise<void> {
    await this.pause();
    await this.clio.stop();
    await rm(this.folder, { recursive: true });
  }

  /** Signs a firm up and connects it to Clio, as a person in a browser does. */
  private async connectFirm(): Promise<void> {
    const browse = fetchWithCookies();
    const mutate = async (query: string) => {
      const response = await browse(this.url, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ query }),
      });
      const { data, errors } = (await response.json()) as Answer;
      if (errors || data.payload.userErrors.length > 0) throw new Error(JSON.stringify({ data, errors }));
      return data.payload;
    };
    const { email, password } = administrator;
    await mutate(`mutation { payload: signUp(input: {
      firmName: "Byron & Somerville", name: "Ada Byron", email: "${email}", password: "${password}"
    }) { userErrors { message } } }`);
    const connect = await mutate(`mutation { payload: connectClio { authorizationUrl userErrors { message } } }`);
    const callback = await this.clio.approve(connect.authorizationUrl!);
    const landing = redirectOf(await browse(callback, { redirect: "manual" }));
    if (new URL(landing).searchParams.get("clio") !== "connected") throw new Error(`not connected: ${landing}`);
  }
}

/** An address where nothing listens at the moment. */
async function freeAddress(): Promise<string> {
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo;
  listener.close();
  await once(listener, "close");
  return `127.0.0.1:${port}`;
}
