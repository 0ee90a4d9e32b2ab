// Brings the page to life: without scripts every link still works, and a reload shows what has changed.
// The server renders everything; the scripts only bring parts of a fresh page into this one.
import { follow, showPlace } from "./live.js";
import { fit, startFrames } from "./frames.js";
import { startEdges } from "./edges.js";
import { startKeys } from "./keys.js";
import { startActs } from "./acts.js";
import { startDeeds } from "./deeds.js";
import { startArranging } from "./arrange.js";

document.body.classList.add("scripted");
startArranging(); // first: what is in the air comes before all other keys
startActs();
startDeeds();
startKeys();
startFrames();
startEdges();
fit();
follow();
showPlace();
