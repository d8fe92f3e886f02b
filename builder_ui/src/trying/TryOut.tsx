import { type ReactNode, useEffect, useState } from "react";
import { useEditorStore } from "../canvas/editor";
import { useMay } from "../workspace/session";
import { TrialProvider, trialOf } from "./current";
import type { Scenario } from "../scenario/model";
import { createLights, LightsProvider, type LightStore } from "./lights";
import { DARK, type Lights, lightsOf } from "./path";
import { reachLights, reachOf } from "./reach";
import { resultsOf } from "./testing";
import type { Trial } from "./trial";

/** Makes it possible to try a chatbot within: whoever may edit it chats with the draft, and the way lights up. */
export function TryOut({ id, children }: { id: string; children: ReactNode }) {
  const editor = useEditorStore();
  const mayTry = useMay("chatbots.edit");
  const [lights] = useState(() => createLights());
  const trial = mayTry ? trialOf(editor, id) : null;
  useLighting(trial, lights);
  useEffect(() => trial?.close, [trial]);
  return (
    <TrialProvider value={trial}>
      <LightsProvider value={lights}>{children}</LightsProvider>
    </TrialProvider>
  );
}

/** Lights what is to be seen, whenever that changes. */
function useLighting(trial: Trial | null, lights: LightStore): void {
  const editor = useEditorStore();
  useEffect(() => {
    if (!trial) return undefined;
    let before: readonly unknown[] = [];
    const light = () => {
      const now = causes(trial);
      if (now.every((one, index) => one === before[index])) return;
      before = now;
      lights.setState(shown(trial, editor.getState().scenario));
    };
    const ends = [trial.store.subscribe(light), trial.tests.store.subscribe(light)];
    return () => ends.forEach((end) => end());
  }, [trial, lights, editor]);
}

/** What the lights depend on. */
function causes(trial: Trial): readonly unknown[] {
  const { isOpen, tried, looked } = trial.store.getState();
  const { showsReach, results } = trial.tests.store.getState();
  return [isOpen, tried, looked, showsReach, results];
}

/** What the tests reach, where somebody wants to see that; otherwise the way of the chat. */
function shown(trial: Trial, scenario: Scenario): Lights {
  const { isOpen, tried, looked } = trial.store.getState();
  const { showsReach, results } = trial.tests.store.getState();
  if (!isOpen) return DARK;
  if (showsReach) return reachLights(reachOf(resultsOf(results, scenario), scenario.id), scenario);
  return tried ? lightsOf(tried.turns, scenario.id, looked ?? tried.turns.length - 1) : DARK;
}
