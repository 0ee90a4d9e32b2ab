// npm's MJML in one process: `node mjml.mjs PAGE.mjml SECONDS` prints times as JSON; PAGE is finished MJML.
import { readFileSync } from "node:fs";
import mjml2html from "mjml";
import { timed } from "./timing.mjs";

const page = readFileSync(process.argv[2], "utf8");
const made = await mjml2html(page);
if (!made.html.includes("</html>")) throw new Error("MJML made no page");
console.log(JSON.stringify(await timed(async () => mjml2html(page), Number(process.argv[3]))));
