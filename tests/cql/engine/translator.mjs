// CQL to ELM, with the translator of the CQL reference implementation in its JavaScript form.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { NamespaceManager, SystemModelInfoProvider } from "@cqframework/cql/cql";
import {
  CqlCompilerOptions,
  CqlTranslator,
  LibraryBuilder,
  LibraryManager,
  ModelManager,
  createLibrarySourceProvider,
  createModelInfoProvider,
  createUcumService,
  stringAsSource,
} from "@cqframework/cql/cql-to-elm";

const execFhir = path.dirname(createRequire(import.meta.url).resolve("cql-exec-fhir/package.json"));
const fhir = readFileSync(path.join(execFhir, "lib/modelInfos/fhir-modelinfo-4.0.1.xml"), "utf8");
const modelManager = new ModelManager(new NamespaceManager());
modelManager.modelInfoLoader.registerModelInfoProvider(new SystemModelInfoProvider());
modelManager.modelInfoLoader.registerModelInfoProvider(
  createModelInfoProvider((name) => (name === "FHIR" ? stringAsSource(fhir) : null)),
);

// No library of ours does arithmetic with units, so that the service is asked only whether a unit is one.
const notAsked = () => {
  throw new Error("no arithmetic with units is expected");
};
const units = createUcumService(notAsked, () => null, notAsked, notAsked);

// FHIRHelpers 4.0.1 as far as the model demands it of primitives: each conversion is the value of the element. Engines
// bring the whole library; no package on npm holds it.
function helpers() {
  const primitives = /functionName="FHIRHelpers\.(\w+)" fromType="FHIR\.([\w.]+)" toType="System\.(\w+)"/g;
  const functions = [...fhir.matchAll(primitives)]
    .filter(([, name]) => !["ToCode", "ToConcept", "ToQuantity", "ToRatio"].includes(name))
    .map(([, name, from]) => `define function ${name}(value FHIR."${from}"): value.value`);
  return ["library FHIRHelpers version '4.0.1'", "using FHIR version '4.0.1'", ...functions].join("\n");
}

// Of what this file has translated without a problem; installing the packages anew empties it.
const own = createHash("sha256").update(readFileSync(fileURLToPath(import.meta.url))).digest("hex");
const cache = path.join(execFhir, "../.cache/alsfhir", own.slice(0, 16));

const options = new CqlCompilerOptions();
options.signatureLevel = LibraryBuilder.SignatureLevel.Overloads;
const manager = new LibraryManager(modelManager, options, undefined, units);
const sources = new Map([["FHIRHelpers|4.0.1", helpers()]]);
manager.librarySourceLoader.registerProvider(
  createLibrarySourceProvider((name, _system, version) => {
    const source = sources.get(`${name}|${version}`);
    return source === undefined ? null : stringAsSource(source);
  }),
);

// What an engine needs: no warnings, and no empty lists where the schema of ELM takes one that is not there for empty.
// Signatures stay where there are any, since overloads are told apart by them.
function needed(key, value) {
  if (key === "annotation") value = value.filter(({ type }) => type === "CqlToElmInfo");
  return ["annotation", "signature"].includes(key) && value.length === 0 ? undefined : value;
}

// The manager keeps what is included, so that it is the same object for each library that includes it.
const made = new WeakMap();

function elmOf(library) {
  if (!made.has(library)) made.set(library, JSON.parse(CqlTranslator.convertToJson(library), needed));
  return made.get(library);
}

/** ELM of the FHIRHelpers of these tests. */
export function helpersElm() {
  return elmOf(CqlTranslator.fromText(helpers(), manager).toELM());
}

/**
 * ELM of a library and of all that it includes, by name; and all errors, in sentences.
 *
 * `libraries`: {name, version, text} of each. A version is a hash of the text, so that a library is translated once,
 * unless it is asked for `anew`.
 */
export function translated(libraries, main, anew) {
  const { version, text } = libraries.find(({ name }) => name === main);
  const kept = path.join(cache, `${main}-${version}.json`);
  if (!anew && existsSync(kept)) return { elm: JSON.parse(readFileSync(kept, "utf8")), problems: [] };
  for (const each of libraries) sources.set(`${each.name}|${each.version}`, each.text);
  const found = CqlTranslator.fromText(text, manager);
  const problems = found.errors.asJsReadonlyArrayView().map((each) => `${each.message} ${each.locator ?? ""}`);
  const elm = {};
  for (const library of [found.toELM(), ...found.libraries.asJsReadonlyMapView().values()]) {
    const json = elmOf(library);
    elm[json.library.identifier.id] = json;
  }
  if (problems.length === 0) {
    mkdirSync(cache, { recursive: true });
    writeFileSync(kept, JSON.stringify(elm));
  }
  return { elm, problems };
}
