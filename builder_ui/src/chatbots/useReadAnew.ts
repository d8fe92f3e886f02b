import { useState } from "react";

/** Whether all of this was read since it is shown, rather than remembered from before; it stays so. */
export function useReadAnew(...found: readonly { isFetching: boolean }[]): boolean {
  const [was, setWas] = useState(false);
  const is = was || found.every(({ isFetching }) => !isFetching);
  if (is && !was) setWas(true);
  return is;
}
