import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { STEP_TYPES } from "../steps/registry";
import { ARRANGE_COMMANDS, type Bench, COMMAND_NAMES, commandOf, isGiven, keysOf } from "./commands";
import { found } from "./found";
import { type Choice, PickDialog } from "./PickDialog";

interface CommandPaletteProps {
  bench: Bench;
  isEditing: boolean;
  /** Show a step, and open it. */
  go: (id: string) => void;
  close: () => void;
}

/** Everything that can be done, and every step, by typing a part of its name (ED-5). */
export function CommandPalette({ bench, isEditing, go, close }: CommandPaletteProps) {
  const { t } = useTranslation();
  const fitting = useCallback(
    (text: string): Choice[] => {
      const words = text.toLowerCase().split(/\s+/).filter(Boolean);
      const commands = choicesOf(bench, isEditing).filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)));
      const steps = words.length ? found(bench.editor.getState().scenario.nodes, text, t("palette.go", { step: "" })) : [];
      return [...commands, ...steps.map(({ id, label }) => ({ key: `go ${id}`, label: t("palette.go", { step: label || id }), run: () => go(id) }))];
    },
    // eslint-disable-next-line -- the bench is another object each time, and does the same
    [isEditing, t],
  );
  return <PickDialog title={t("palette.title")} fitting={fitting} close={close} />;
}

function choicesOf(bench: Bench, isEditing: boolean): Choice[] {
  const { t } = bench;
  const commands = COMMAND_NAMES.filter((name) => name !== "palette" && isGiven(name, bench, isEditing)).map((name) => ({ key: name, label: t(`shortcuts.${name}`), hint: keysOf(name), run: () => void commandOf(name).run?.(bench) }));
  if (!isEditing) return commands;
  const steps = STEP_TYPES.map((type) => ({ key: `add ${type}`, label: t("palette.add", { step: t(`steps.${type}`) }), run: () => bench.add(type) }));
  const orders = ARRANGE_COMMANDS.map(({ name, run }) => ({ key: `order ${name}`, label: t(`arrange.${name}`), run: () => run(bench) }));
  return [...commands, ...steps, ...orders];
}
