import { useTodo } from "./useTodo";

/** For the navigation: the same questions as the workbench, so it costs nothing more. */
export function useTodoCount(): number {
  return useTodo("mine").items.length;
}
