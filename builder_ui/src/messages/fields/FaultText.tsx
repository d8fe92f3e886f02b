import FormHelperText from "@mui/material/FormHelperText";
import { useFault } from "../../canvas/faults";
import { KeptRoom } from "../../canvas/KeptRoom";

/** What is wrong at a place that has no input of its own. */
export function FaultText({ field }: { field: string | null }) {
  const fault = useFault(field);
  return (
    <KeptRoom>
      {fault && (
        <FormHelperText component="span" error={fault.severity === "error"} sx={{ display: "block" }}>
          {fault.message}
        </FormHelperText>
      )}
    </KeptRoom>
  );
}
