// CQL to ELM, with the translator of the CQL reference implementation in its JavaScript form.
import { readFileSync } from "node:fs";
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

/** ELM of each of the libraries, in their order and with FHIRHelpers; and all errors, in sentences. */
export function translated(libraries) {
  const sources = { FHIRHelpers: helpers(), ...libraries };
  const options = new CqlCompilerOptions();
  options.signatureLevel = LibraryBuilder.SignatureLevel.Overloads;
  const manager = new LibraryManager(modelManager, options, undefined, units);
  manager.librarySourceLoader.registerProvider(
    createLibrarySourceProvider((name) => (name in sources ? stringAsSource(sources[name]) : null)),
  );
  const elm = {};
  const problems = [];
  for (const [name, source] of Object.entries(sources)) {
    const found = CqlTranslator.fromText(source, manager);
    for (const each of found.errors.asJsReadonlyArrayView()) {
      problems.push(`${name}: ${each.message} ${each.locator?.toLocator?.() ?? each.locator ?? ""}`);
    }
    elm[name] = JSON.parse(found.toJson());
  }
  return { elm, problems };
}
