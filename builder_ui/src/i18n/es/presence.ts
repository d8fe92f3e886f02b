export const presence = {
  presence: {
    you: "Tú, en otra ventana, desde {{time}}",
    other: "{{name}} también lo tiene abierto, desde {{time}}",
    newer: "Mostrar lo que cambió {{name}}",
    newer_own: "Mostrar lo que cambiaste en otra ventana",
    somebody: "alguien",
  },
};
