export const variables = {
  variables: {
    insert: "Insertar una variable",
    suggested: "Qué se puede escribir aquí",
    of_step: "La fija «{{step}}»",
    of_contact: "Del contacto",
    of_attribute: "Atributo del contacto",
    of_chat: "De este chat",
  },
};
