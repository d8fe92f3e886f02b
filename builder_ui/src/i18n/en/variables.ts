export const variables = {
  variables: {
    insert: "Insert a variable",
    suggested: "What can be written here",
    of_step: "Set by “{{step}}”",
    of_contact: "Of the contact",
    of_attribute: "Attribute of the contact",
    of_chat: "Of this chat",
  },
};
