import { useQuiet } from "@/api";
import { useScope } from "./useScope";
import { useTodo } from "./useTodo";

/** For the navigation: the same questions as the workbench; on other pages they come after the page's own. */
export function useTodoCount(): number {
  const quiet = useQuiet();
  const { scope, pending } = useScope(quiet);
  return useTodo(scope, quiet && !pending).counts.all.value;
}
