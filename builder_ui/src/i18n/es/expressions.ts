export const expressions = {
  expressions: {
    try: "Probarla con valores",
    at: "En:",
    use: "Usa esto en su lugar:",
    is_true: "Es verdadera con estos valores.",
    is_false: "Es falsa con estos valores.",
    is_null: "Con estos valores no es ni verdadera ni falsa. Un chat la toma por no verdadera.",
    uncomputable: "No se puede calcular con estos valores; un chat la toma entonces por no verdadera.",
  },
};
