import { Finder } from "../canvas/Finder";
import { useTrial } from "./current";

/** Chooses the step that the chat goes on at. */
export function StartAtDialog({ close }: { close: () => void }) {
  const trial = useTrial();
  return <Finder go={(node) => trial.startAt(node)} close={close} />;
}
