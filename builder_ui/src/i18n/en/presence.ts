export const presence = {
  presence: {
    you: "You, in another window, since {{time}}",
    other: "{{name}} has it open too, since {{time}}",
    newer: "Show what {{name}} has changed",
    somebody: "somebody",
  },
};
