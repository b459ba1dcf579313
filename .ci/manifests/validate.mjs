// Checks rendered manifests: validate.mjs CONFIG DIR
//
// CONFIG is the program's application.properties; DIR holds NAME.yaml as kustomize rendered NAME.
// Here: values (patterns, ranges, quantities), names that refer to each other, and agreement with the
// program's settings. Fields and their types are left to the TypeScript compiler, which knows the
// Kubernetes API by its type declarations: for it, each manifest is written to DIR/NAME/*.ts.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseAllDocuments } from "yaml";

const [config, dir] = process.argv.slice(2);
const settings = Object.fromEntries(
  readFileSync(config, "utf8")
    .split("\n")
    .map((line) => line.match(/^([a-z][^=\s]*)\s*=\s*(.*)$/))
    .filter(Boolean)
    .map(([, name, value]) => [name, value]),
);
const inEnvironment = (name) => name.toUpperCase().replace(/[.-]/g, "_");
const variables = new Set(Object.keys(settings).map(inEnvironment));

let wrong = 0;
function complain(where, what) {
  console.log(`${where}: ${what}`);
  wrong++;
}

const homes = {
  "monitoring.coreos.com": "@kubernetes-models/prometheus-operator",
  "keda.sh": "@kubernetes-models/keda",
  "gateway.networking.k8s.io": "@kubernetes-models/gateway-api",
};
function moduleOf({ apiVersion, kind }) {
  const home = homes[apiVersion.split("/")[0]] ?? "kubernetes-models";
  return `${home}/${apiVersion}/${kind}`;
}

async function checkValues(where, manifest) {
  try {
    const { [manifest.kind]: Model } = await import(moduleOf(manifest));
    new Model(manifest).validate();
  } catch (e) {
    complain(where, e.message);
  }
}

function podOf({ kind, spec }) {
  return { Deployment: spec?.template, CronJob: spec?.jobTemplate?.spec.template }[kind];
}

function find(manifests, kind, name) {
  return manifests.find((other) => other.kind === kind && other.metadata.name === name);
}

/** What a pod refers to is there, and what goes into its environment is a setting. */
function checkReferences(where, pod, manifests) {
  const { containers, serviceAccountName, volumes } = pod.spec;
  function checkVariable(name) {
    if (!variables.has(name) && !/^(AWS|OTEL)_/.test(name)) {
      complain(where, `${name} is no setting`);
    }
  }
  const references = [
    ["ServiceAccount", { name: serviceAccountName }],
    ...volumes.filter((v) => v.configMap).map((v) => ["ConfigMap", v.configMap]),
  ];
  for (const { configMapRef, secretRef } of containers.flatMap((c) => c.envFrom ?? [])) {
    const [kind, ref] = configMapRef ? ["ConfigMap", configMapRef] : ["Secret", secretRef];
    references.push([kind, ref]);
    Object.keys(find(manifests, kind, ref.name)?.data ?? {}).forEach(checkVariable);
  }
  for (const { name, valueFrom } of containers.flatMap((c) => c.env ?? [])) {
    checkVariable(name);
    const key = valueFrom?.configMapKeyRef;
    if (key && find(manifests, "ConfigMap", key.name)?.data[key.key] === undefined) {
      complain(where, `there is no ${key.key} in a ConfigMap ${key.name}`);
    }
  }
  for (const [kind, { name, optional }] of references) {
    if (!optional && !find(manifests, kind, name)) {
      complain(where, `there is no ${kind} ${name}`);
    }
  }
}

/** What KEDA scales is there and its own, and is scaled by the queue that it takes chunks from. */
function checkScaling(where, { spec }, manifests) {
  const target = find(manifests, "Deployment", spec.scaleTargetRef.name);
  if (!target || target.spec.replicas !== undefined) {
    complain(where, `no Deployment ${spec.scaleTargetRef.name} without replicas is there to scale`);
  }
  const endpoint = target?.spec.template.spec.containers[0].env
    ?.find((variable) => variable.name === "CHUNKS_FROM")?.valueFrom?.configMapKeyRef;
  const from = find(manifests, "ConfigMap", endpoint?.name)?.data[endpoint.key];
  const queue = from?.split("queueUrl=")[1];
  for (const { type, metadata, authenticationRef } of spec.triggers) {
    for (const name of Object.keys(metadata).filter((name) => !scaling[type]?.includes(name))) {
      complain(where, `${type} has no parameter ${name}`);
    }
    if (metadata.queueURL !== queue) {
      complain(where, `the queue is ${metadata.queueURL}, chunks are taken from ${queue}`);
    }
    if (!find(manifests, "TriggerAuthentication", authenticationRef.name)) {
      complain(where, `there is no TriggerAuthentication ${authenticationRef.name}`);
    }
  }
}

/** What comes in from outside goes to a port of a Service that is there, by a listener that is there. */
function checkWayIn(where, { kind, spec }, manifests) {
  const backends =
    kind === "Ingress"
      ? spec.rules.flatMap((rule) => rule.http.paths.map(({ backend }) => backend.service))
      : spec.rules
          .flatMap((rule) => rule.backendRefs ?? [])
          .map(({ name, port }) => ({ name, port: { number: port } }));
  for (const { name, port } of backends) {
    const ports = find(manifests, "Service", name)?.spec.ports ?? [];
    if (!ports.some((one) => one.name === port.name || one.port === port.number)) {
      complain(where, `there is no port ${port.name ?? port.number} of a Service ${name}`);
    }
  }
  for (const { name, sectionName } of spec.parentRefs ?? []) {
    const listeners = find(manifests, "Gateway", name)?.spec.listeners ?? [];
    if (!listeners.some((listener) => listener.name === sectionName)) {
      complain(where, `there is no listener ${sectionName} of a Gateway ${name}`);
    }
  }
}

/** For KEDA's own types these are any texts; see its page on each trigger. */
const scaling = {
  "aws-sqs-queue": [
    "queueURL",
    "awsRegion",
    "queueLength",
    "activationQueueLength",
    "scaleOnInFlight",
    "scaleOnDelayed",
  ],
};

/** What Kubernetes must be told in its own way says the same as the settings. */
function checkAgreement(where, manifest, pod) {
  function expect(what, is, wanted) {
    if (is !== wanted) {
      complain(where, `${what} is ${is}, the settings say ${wanted}`);
    }
  }
  const { containers, terminationGracePeriodSeconds: grace } = pod.spec;
  for (const { name, containerPort } of containers.flatMap((c) => c.ports ?? [])) {
    expect(`port ${name}`, String(containerPort), settings[`${name}.port`]);
  }
  const sleep = containers[0].lifecycle?.preStop?.sleep?.seconds ?? 0;
  const stop = sleep + Number(settings["camel.main.shutdown-timeout"]);
  if (!(grace > stop)) {
    complain(where, `terminationGracePeriodSeconds is ${grace}, stopping takes ${stop}`);
  }
  if (manifest.kind === "CronJob") {
    const cron = settings["schedule.cron"].replace(/^\S+ /, "").replaceAll("?", "*");
    expect("schedule", manifest.spec.schedule, cron);
    expect("timeZone", manifest.spec.timeZone, settings["schedule.zone"]);
  }
}

/** Whatever selects something selects something that is there. */
function checkSelector(where, { kind, spec }, manifests) {
  const selector = {
    Service: spec?.selector,
    NetworkPolicy: spec?.podSelector?.matchLabels,
    PodDisruptionBudget: spec?.selector?.matchLabels,
    ServiceMonitor: spec?.selector?.matchLabels,
  }[kind];
  const candidates =
    kind === "ServiceMonitor"
      ? manifests.filter((other) => other.kind === "Service")
      : manifests.map(podOf).filter(Boolean);
  const selected = ({ metadata }) =>
    Object.entries(selector).every(([name, value]) => metadata.labels[name] === value);
  if (selector && !candidates.some(selected)) {
    complain(where, `selects nothing: ${JSON.stringify(selector)}`);
  }
}

for (const file of readdirSync(dir).filter((name) => name.endsWith(".yaml"))) {
  const overlay = basename(file, ".yaml");
  // As Kubernetes reads it: `yes` is a boolean.
  const manifests = parseAllDocuments(readFileSync(join(dir, file), "utf8"), { version: "1.1" })
    .map((document) => document.toJS());
  mkdirSync(join(dir, overlay));
  for (const manifest of manifests) {
    const { kind, metadata } = manifest;
    const where = `${overlay}/${kind}-${metadata.name}`;
    writeFileSync(
      join(dir, `${where}.ts`),
      `import type { I${kind} } from "${moduleOf(manifest)}";\n` +
        `export const manifest: I${kind} = ${JSON.stringify(manifest, null, 2)};\n`,
    );
    await checkValues(where, manifest);
    checkSelector(where, manifest, manifests);
    if (kind === "ScaledObject") {
      checkScaling(where, manifest, manifests);
    }
    if (["Ingress", "HTTPRoute"].includes(kind)) {
      checkWayIn(where, manifest, manifests);
    }
    const pod = podOf(manifest);
    if (pod) {
      checkAgreement(where, manifest, pod);
      // The base is not complete: its overlays bring the settings.
      if (overlay !== "base") {
        checkReferences(where, pod, manifests);
      }
    }
  }
}
process.exit(wrong ? 1 : 0);
