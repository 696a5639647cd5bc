import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Api } from "./api.ts";
import { Clio } from "./clio.ts";
import { Program } from "./program.ts";

/** The administrator of the journeys. */
export const dana = { name: "Dana Whitlock", email: "dana@firm.test", password: "watch-and-keep" };

/** A member of the same firm. */
export const ikenna = { name: "Ikenna Osei", email: "ikenna@firm.test", password: "watch-and-keep" };

/** A server with its built-in database and a Clio of its own. */
export class Server {
  readonly binary: string;
  readonly address: string;
  readonly clio: Clio;
  readonly folder: string;
  #program: Program | undefined;

  private constructor(binary: string, address: string, clio: Clio, folder: string) {
    this.binary = binary;
    this.address = address;
    this.clio = clio;
    this.folder = folder;
  }

  /** Starts a server without a firm. */
  static async start(binary: string): Promise<Server> {
    const folder = await mkdtemp(path.join(tmpdir(), "watchkeeper-journey-"));
    await chmod(folder, 0o755); // as root, the built-in database has a user of its own
    const server = new Server(binary, `http://${await freeAddress()}`, await Clio.start(binary), folder);
    await server.resume();
    return server;
  }

  /** Starts the server again, on the same database and address. */
  async resume(settings: Record<string, string> = {}): Promise<void> {
    this.#program = new Program(this.binary, ["serve"], {
      DATA_DIR: path.join(this.folder, "data"),
      LISTEN_ADDR: new URL(this.address).host,
      METRICS_ADDR: "",
      OPEN_SIGN_UP: "true",
      CLIO_BASE_URL: this.clio.address,
      CLIO_CLIENT_ID: "journeys",
      CLIO_CLIENT_SECRET: "journeys",
      LOG_FORMAT: "json",
      ...settings,
    });
    await this.#program.line(/"msg":"serving"/);
  }

  /** Stops the server, and keeps its database and its Clio. */
  async pause(): Promise<void> {
    await this.#program?.stop();
  }

  /** Stops and removes everything. */
  async stop(): Promise<void> {
    await this.pause();
    await this.clio.program.stop();
    await rm(this.folder, { recursive: true });
  }

  /** Sets up the firm, with Dana as its administrator, and returns her API. */
  async signUp(): Promise<Api> {
    const api = new Api(this.address);
    const input = { firmName: "Harlan, Osei & Brandt LLP", ...dana };
    await api.ask("mutation ($input: SignUpInput!) { signUp(input: $input) { userErrors { message path } } }", {
      input,
    });
    return api;
  }

  /** Lets Ikenna join as a member, and returns his API. */
  async join(administrator: Api): Promise<Api> {
    const { inviteMember } = await administrator.ask(
      "mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { invitationUrl userErrors { message } } }",
      { input: { email: ikenna.email, role: "MEMBER" } },
    );
    const token = new URL(inviteMember.invitationUrl).pathname.split("/").at(-1);
    const api = new Api(this.address);
    const input = { token, name: ikenna.name, password: ikenna.password };
    await api.ask(
      "mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { userErrors { message } } }",
      {
        input,
      },
    );
    return api;
  }

  /** Connects the firm to Clio, as a person in a browser does. */
  async connect(api: Api): Promise<void> {
    const { connectClio } = await api.ask("mutation { connectClio { authorizationUrl userErrors { message } } }");
    await api.visit(await this.clio.approve(connectClio.authorizationUrl));
  }

  /** Imports matters, and returns the ids of the watches by the matter's id. */
  async import(api: Api, ...matterIds: number[]): Promise<Map<number, string>> {
    const { importMatters } = await api.ask(
      "mutation ($ids: [ID!]!) { importMatters(matterIds: $ids) { results { matterId watch { id } } userErrors { message } } }",
      { ids: matterIds.map(String) },
    );
    type Result = { matterId: string; watch: { id: string } };
    return new Map(importMatters.results.map((each: Result) => [Number(each.matterId), each.watch.id]));
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
