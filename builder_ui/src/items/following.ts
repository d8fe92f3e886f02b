/** Keeps the focus on an item that goes a step up or down: on the same arrow, or the other one at the end of the list. */
export function followItem(arrow: HTMLElement, step: 1 | -1): void {
  const item = arrow.closest("li");
  const neighbour = step < 0 ? item?.previousElementSibling : item?.nextElementSibling;
  const arrows = neighbour?.querySelectorAll<HTMLButtonElement>(":scope > :first-child button[data-step]") ?? [];
  const usable = Array.from(arrows).filter(({ disabled }) => !disabled);
  (usable.find(({ dataset }) => dataset.step === String(step)) ?? usable[0])?.focus();
}

/** Gives the focus to the part of the form that an item is removed from. */
export const leaveItem = (button: HTMLElement) => button.closest("section")?.focus();
