export const presence = {
  presence: {
    you: "You, in another window, since {{time}}",
    other: "{{name}} has it open too, since {{time}}",
    newer: "Show what {{name}} has changed",
    newer_own: "Show what you changed in another window",
    somebody: "somebody",
  },
};
