import { Suspense } from "react";
import { DuplicateHints } from "./DuplicateHints";
import { hintsOf, type Typed } from "./hints";

/** What is said beside a form while one types: whom we know already. */
export function FormHints(props: Typed) {
  const Hints = hintsOf(props.object.key) ?? DuplicateHints;
  return (
    <Suspense fallback={null}>
      <Hints {...props} />
    </Suspense>
  );
}
