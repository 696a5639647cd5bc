// PostGraphile on the tables of Watchkeeper, as people would use it: for `make bench-compare`.
import { createServer } from "node:http";
import { postgraphile } from "postgraphile";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { makePgService } from "postgraphile/adaptors/pg";

const pgl = postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ connectionString: process.env.DATABASE_URL, schemas: ["public"], poolConfig: { max: 24 } })],
  grafserv: { watch: false, graphiql: false },
  gather: { pgStrictFunctions: false },
  grafast: { explain: false },
});
const serv = pgl.createServ(grafserv);
const server = createServer();
server.once("listening", () => console.log(`listening ${server.address().port}`));
await serv.addTo(server);
server.listen(0, "127.0.0.1");
