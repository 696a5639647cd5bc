// PostGraphile on the tables of Watchkeeper, as people would use it: for `make bench-compare`. With ROLE, row-level security limits each request to the
// firm whose id is its bearer token, which nobody checks.
import { createServer } from "node:http";
import { postgraphile } from "postgraphile";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { makePgService } from "postgraphile/adaptors/pg";
import { PostGraphileConnectionFilterPreset } from "postgraphile-plugin-connection-filter";

const { DATABASE_URL, ROLE } = process.env;

const pgl = postgraphile({
  extends: [PostGraphileAmberPreset, PostGraphileConnectionFilterPreset],
  pgServices: [makePgService({ connectionString: DATABASE_URL, schemas: ["public"], poolConfig: { max: 24 } })],
  grafserv: { watch: false, graphiql: false },
  disablePlugins: ["PgIndexBehaviorsPlugin"], // else the text that is searched can't be filtered by
  gather: { pgStrictFunctions: false },
  grafast: {
    explain: false,
    context: (request) =>
      ROLE
        ? { pgSettings: { role: ROLE, "watchkeeper.firm_id": request.node.req.headers.authorization.slice("Bearer ".length) } }
        : {},
  },
});
const serv = pgl.createServ(grafserv);
const server = createServer();
server.once("listening", () => console.log(`listening ${server.address().port}`));
await serv.addTo(server);
server.listen(0, "127.0.0.1");
