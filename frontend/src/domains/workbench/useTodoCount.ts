import { useScope } from "./useScope";
import { useTodo } from "./useTodo";

/** For the navigation: the same questions as the workbench, so it costs nothing more. */
export function useTodoCount(): number {
  return useTodo(useScope().scope).counts.all.value;
}
