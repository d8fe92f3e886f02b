export const departments = {
  lead: "Dónde trabajan los usuarios. Un chatbot que pasa a una persona nombra uno.",
  empty: "Aún no hay ningún departamento",
  empty_text: "Un departamento dice dónde trabajan los usuarios, como Soporte o Ventas. Un chatbot le pasa una conversación.",
  new: "Nuevo departamento",
  make: "Crearlo",
  name: "Nombre",
  created: "Creado",
  rename_named: "Cambiar el nombre de {{name}}",
  delete: "Borrar",
  delete_named: "Borrar {{name}}",
  delete_title: "¿Borrar {{name}}?",
  delete_text: "Quien estaba en él queda sin departamento. Los chatbots que le pasan conversaciones tienen que nombrar otro.",
};
