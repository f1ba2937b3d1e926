// CQL to ELM, with the translator of the CQL reference implementation in its JavaScript form.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
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

// Of what was translated without a problem; installing the packages anew empties it.
const cache = path.join(execFhir, "../.cache/alsfhir");

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

/**
 * ELM of a library and of all that it includes, by name; and all errors, in sentences.
 *
 * `libraries`: {name, version, text} of each. A version is a hash of the text, so that a library is translated once.
 */
export function translated(libraries, main) {
  const { version, text } = libraries.find(({ name }) => name === main);
  const kept = path.join(cache, `${main}-${version}.json`);
  if (existsSync(kept)) return { elm: JSON.parse(readFileSync(kept, "utf8")), problems: [] };
  for (const each of libraries) sources.set(`${each.name}|${each.version}`, each.text);
  const found = CqlTranslator.fromText(text, manager);
  const problems = found.errors.asJsReadonlyArrayView().map((each) => `${each.message} ${each.locator ?? ""}`);
  const elm = {};
  for (const library of [found.toELM(), ...found.libraries.asJsReadonlyMapView().values()]) {
    const json = JSON.parse(CqlTranslator.convertToJson(library));
    elm[json.library.identifier.id] = json;
  }
  if (problems.length === 0) {
    mkdirSync(cache, { recursive: true });
    writeFileSync(kept, JSON.stringify(elm));
  }
  return { elm, problems };
}
