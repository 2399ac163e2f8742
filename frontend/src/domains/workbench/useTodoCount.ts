import { useScope } from "./useScope";
import { useTodo } from "./useTodo";

/** For the navigation: the same questions as the workbench, so it costs nothing more. */
export function useTodoCount(): number {
  const { scope, pending } = useScope();
  return useTodo(scope, !pending).counts.all.value;
}
