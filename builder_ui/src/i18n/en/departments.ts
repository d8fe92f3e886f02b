export const departments = {
  lead: "Where users work. A chatbot that hands over to a person names one.",
  empty: "There is no department yet",
  empty_text: "A department says where users work, such as Support or Sales. A chatbot hands a conversation over to one.",
  new: "New department",
  make: "Make it",
  name: "Name",
  created: "Made",
  rename_named: "Rename {{name}}",
  delete: "Delete",
  delete_named: "Delete {{name}}",
  delete_title: "Delete {{name}}?",
  delete_text: "Who is in it is in none afterwards. Chatbots that hand over to it have to name another one.",
};
