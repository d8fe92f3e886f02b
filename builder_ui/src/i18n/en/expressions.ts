export const expressions = {
  expressions: {
    try: "Try it with values",
    at: "At:",
    use: "Use this instead:",
    is_true: "It is true with these values.",
    is_false: "It is false with these values.",
    is_null: "With these values it is neither true nor false. A chat takes it for not true.",
    uncomputable: "It cannot be computed with these values; a chat takes it for not true then.",
  },
};
