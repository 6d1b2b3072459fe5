// Sums what the test runners left in one folder, prints the failures, and ends with the line "N passed, N failed".
//
// For every runner there is <name>.exit (its exit code) and <name>.log; most also leave a report in JSON, named
// <name>.<kind>.json. A runner that failed without naming a failed test has crashed, and a runner that reports but ran
// nothing is broken: each counts as one failure.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2];
const filtered = process.argv[3] === "--filtered";
const log_tail_lines = 40;

/** @typedef {{ passed: number, failures: { name: string, text: string }[] }} Outcome */

/** GoogleTest's --gtest_output=json. @returns {Outcome} */
function gtest(report) {
  const outcome = { passed: 0, failures: [] };
  for (const suite of report.testsuites) {
    for (const test of suite.testsuite) {
      if (test.status !== "RUN") continue;
      const name = `${suite.name}.${test.name}`;
      if (test.result === "SKIPPED" && filtered) continue; // it needs what the others leave behind
      if (test.result === "SKIPPED") outcome.failures.push({ name, text: "was skipped" });
      else if (test.failures)
        outcome.failures.push({ name, text: test.failures.map((f) => f.failure).join("\n") });
      else outcome.passed += 1;
    }
  }
  return outcome;
}

/** Vitest's JSON reporter. @returns {Outcome} */
function vitest(report) {
  const outcome = { passed: 0, failures: [] };
  for (const file of report.testResults) {
    if (file.status === "failed" && file.assertionResults.length === 0) {
      outcome.failures.push({ name: file.name, text: file.message });
    }
    for (const test of file.assertionResults) {
      if (test.status === "passed") outcome.passed += 1;
      else if (test.status === "failed") {
        outcome.failures.push({ name: test.fullName, text: test.failureMessages.join("\n") });
      }
    }
  }
  return outcome;
}

/** Playwright's JSON reporter. @returns {Outcome} */
function playwright(report) {
  const outcome = {
    passed: 0,
    failures: report.errors.map((e) => ({ name: "playwright", text: e.message })),
  };
  const visit = (suite, path) => {
    for (const spec of suite.specs ?? []) {
      const name = [...path, spec.title].join(" › ");
      for (const test of spec.tests) {
        if (test.status === "expected") outcome.passed += 1;
        else outcome.failures.push({ name, text: playwright_text(test) });
      }
    }
    for (const child of suite.suites ?? []) visit(child, [...path, child.title]);
  };
  for (const suite of report.suites) visit(suite, [suite.title]);
  return outcome;
}

function playwright_text(test) {
  const errors = test.results.flatMap((result) => result.errors.map((error) => error.message));
  return errors.length > 0 ? errors.join("\n") : `ended as ${test.status}`;
}

const readers = { gtest, vitest, playwright };

function log_tail(name) {
  return readFileSync(join(folder, `${name}.log`), "utf8")
    .trimEnd()
    .split("\n")
    .slice(-log_tail_lines)
    .join("\n");
}

/** One runner's outcome: from its report where there is one, else one test that is its exit code. @returns {Outcome} */
function outcome_of(name) {
  const exit_code = Number(readFileSync(join(folder, `${name}.exit`), "utf8"));
  const reports = readdirSync(folder).filter((file) => file.startsWith(`${name}.`) && file.endsWith(".json"));
  const crash = { name, text: `ended with exit code ${exit_code}\n${log_tail(name)}` };
  if (reports.length === 0) {
    return exit_code === 0 ? { passed: 1, failures: [] } : { passed: 0, failures: [crash] };
  }
  const outcome = { passed: 0, failures: [] };
  for (const file of reports) {
    const read = readers[file.slice(name.length + 1, -".json".length)];
    const { passed, failures } = read(JSON.parse(readFileSync(join(folder, file), "utf8")));
    outcome.passed += passed;
    outcome.failures.push(...failures);
  }
  const ran = outcome.passed + outcome.failures.length;
  if (ran === 0 && !filtered) outcome.failures.push({ name, text: "ran no test" });
  if (exit_code !== 0 && outcome.failures.length === 0) outcome.failures.push(crash);
  return outcome;
}

const escape_codes = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");
const names = existsSync(folder)
  ? readdirSync(folder)
      .filter((file) => file.endsWith(".exit"))
      .map((file) => file.slice(0, -".exit".length))
      .sort()
  : [];
let passed = 0;
const failures = [];
for (const name of names) {
  const outcome = outcome_of(name);
  passed += outcome.passed;
  failures.push(...outcome.failures.map((failure) => ({ ...failure, runner: name })));
}
if (passed + failures.length === 0)
  failures.push({ runner: "all", name: "nothing ran", text: "no test was executed" });
for (const { runner, name, text } of failures) {
  console.log(`\nFAILED ${runner}: ${name}\n${text.replace(escape_codes, "").replace(/^/gm, "    ")}`);
}
console.log(`\n${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 ? 1 : 0;
