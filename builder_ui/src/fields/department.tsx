import Autocomplete from "@mui/material/Autocomplete";
import { useDepartments } from "../departments/departments";
import { TextInput } from "../canvas/TextInput";
import type { Field, InputProps, Words } from "./field";
import { textOf } from "./text";

/** A department by its name; one that is not here yet may be named. */
export function DepartmentInput({ name, label, help, value, set }: InputProps) {
  const departments = useDepartments();
  const given = textOf(value);
  return (
    <Autocomplete
      freeSolo
      options={(departments.data ?? []).map((department) => department.name)}
      value={given === "" ? null : given}
      inputValue={given}
      onChange={(_, chosen) => set(chosen || undefined)}
      renderInput={({ slotProps, ...input }) => (
        <TextInput {...input} slotProps={slotProps} field={name} label={label} helperText={help} value={given} change={(typed) => set(typed || undefined)} />
      )}
    />
  );
}

export const department = (label: Words, help: Words): Field => ({ label, help, Input: DepartmentInput });
