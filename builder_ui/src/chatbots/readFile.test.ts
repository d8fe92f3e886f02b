import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MOST_BYTES, readScenario } from "./readFile";

const read = (text: string) => readScenario(new File([text], "bot.json"));

describe("a chosen file", () => {
  it("is a scenario, also behind the mark that editors put before it", async () => {
    expect(await read('\uFEFF{"id": "a"}')).toEqual({ name: "bot.json", file: { id: "a" } });
  });

  it.each([
    ["no_object", "[]"],
    ["no_object", "null"],
    ["no_json", "{"],
    ["too_large", " ".repeat(MOST_BYTES + 1)],
  ])("is none: %s", async (problem, text) => expect(await read(text)).toEqual({ name: "bot.json", problem }));

  it("may be as large as the runtime reads", () => {
    const runtime = readFileSync(join(import.meta.dirname, "../../../runtime/botflow_runtime/scenario.py"), "utf8");
    expect(runtime).toContain(`MAX_SCENARIO_BYTES: Final = ${MOST_BYTES.toLocaleString("en").replaceAll(",", "_")}\n`);
  });
});
