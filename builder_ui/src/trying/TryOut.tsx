import { type ReactNode, useEffect, useState } from "react";
import { useEditorStore } from "../canvas/editor";
import { useMay } from "../workspace/session";
import { TrialProvider, trialOf } from "./current";
import { createLights, LightsProvider } from "./lights";
import { DARK, lightsOf } from "./path";
import type { Trial, Trying } from "./trial";

/** Makes it possible to try a chatbot within: whoever may edit it chats with the draft, and the way lights up. */
export function TryOut({ id, children }: { id: string; children: ReactNode }) {
  const editor = useEditorStore();
  const mayTry = useMay("chatbots.edit");
  const [lights] = useState(() => createLights());
  const trial = mayTry ? trialOf(editor, id) : null;
  useEffect(() => trial?.store.subscribe((state) => lights.setState(wayOf(trial, state))), [trial, lights]);
  useEffect(() => trial?.close, [trial]);
  return (
    <TrialProvider value={trial}>
      <LightsProvider value={lights}>{children}</LightsProvider>
    </TrialProvider>
  );
}

function wayOf(trial: Trial, { isOpen, tried, looked }: Trying) {
  if (!isOpen || !tried) return DARK;
  return lightsOf(tried.turns, trial.scenario, looked ?? tried.turns.length - 1);
}
