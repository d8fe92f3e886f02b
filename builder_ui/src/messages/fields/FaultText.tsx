import FormHelperText from "@mui/material/FormHelperText";
import { useFault } from "../../canvas/faults";

/** What is wrong at a place that has no input of its own. */
export function FaultText({ field }: { field: string }) {
  const fault = useFault(field);
  return fault && <FormHelperText error={fault.severity === "error"}>{fault.message}</FormHelperText>;
}
