import Autocomplete from "@mui/material/Autocomplete";
import TextField from "@mui/material/TextField";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { all, api } from "../../api/client";

/** The department that a conversation is handed over to, by its name; one that is not here yet may be named. */
export function DepartmentField({ value, change }: { value: string; change: (department: string) => void }) {
  const { t } = useTranslation();
  const departments = useQuery({
    queryKey: ["departments"],
    queryFn: () => all((query) => api.GET("/api/v1/departments", { params: { query } })),
  });
  return (
    <Autocomplete
      freeSolo
      fullWidth
      options={(departments.data ?? []).map(({ name }) => name)}
      inputValue={value}
      onInputChange={(_, typed) => change(typed)}
      renderInput={(input) => <TextField {...input} label={t("chatbots.department")} />}
    />
  );
}
