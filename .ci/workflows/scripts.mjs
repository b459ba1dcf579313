// Writes the scripts of workflows to files, for shellcheck: scripts.mjs DIR WORKFLOW...
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";

const [dir, ...workflows] = process.argv.slice(2);
for (const workflow of workflows) {
  const { jobs } = parse(readFileSync(workflow, "utf8"));
  for (const [job, { steps = [] }] of Object.entries(jobs)) {
    steps.forEach(({ run }, i) => {
      if (run) {
        // An expression is a word by the time the shell sees it.
        const script = run.replaceAll(/\$\{\{.*?\}\}/g, "expression");
        // As GitHub starts it.
        const head = "#!/usr/bin/env bash\nset -eo pipefail\n";
        writeFileSync(join(dir, `${basename(workflow, ".yml")}-${job}-${i + 1}.sh`), head + script);
      }
    });
  }
}
