// Answers requests on standard input, one JSON object a line, with one JSON object a line on standard output.
//
// {"libraries": [{name, version, text}, …], "main": name}            -> {"problems": […], "elm": {name: ELM}}
// the same with "anew": true, for what is not remembered
// the same with "parameters": {"AsOf": "2026-06-30", …}, "bundles": […], "expressions": […]
//                                                       -> {"problems": […], "results": [{expression: value}, …]}
// the same with "elm": {name: ELM} in place of "libraries", all but FHIRHelpers, for what is translated already
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { helpersElm, translated } from "./translator.mjs";

const require = createRequire(import.meta.url);
const cql = require("cql-execution");
const { PatientSource } = require("cql-exec-fhir");

const source = PatientSource.FHIRv401(); // it parses the model: once
const translations = new Map();

function translation({ libraries, main, elm, anew }) {
  if (elm) return { elm: { ...elm, FHIRHelpers: helpersElm() }, problems: [] };
  if (anew) return translated(libraries, main, anew);
  const key = JSON.stringify(libraries.map(({ name, version }) => [name, version]));
  if (!translations.has(key)) translations.set(key, translated(libraries, main));
  return translations.get(key);
}

function parameters(given) {
  return { ...given, AsOf: cql.DateTime.parse(given.AsOf).getDate() };
}

async function evaluated(elm, { main, expressions, parameters: given, bundles }) {
  const library = new cql.Library(elm[main], new cql.Repository(elm));
  const executor = new cql.Executor(library, null, parameters(given));
  const results = [];
  for (const bundle of bundles) {
    source.loadBundles([bundle]);
    const [found] = Object.values((await executor.exec(source)).patientResults);
    results.push(Object.fromEntries(expressions.map((name) => [name, found[name] ?? null])));
    source.reset();
  }
  return results;
}

async function answer(request) {
  const { elm, problems } = translation(request);
  if (!request.bundles || problems.length > 0) return { problems, elm };
  return { problems, results: await evaluated(elm, request) };
}

for await (const line of createInterface({ input: process.stdin })) {
  let response;
  try {
    response = await answer(JSON.parse(line));
  } catch (error) {
    response = { failed: String(error.stack ?? error) };
  }
  process.stdout.write(`${JSON.stringify(response)}\n`);
}
