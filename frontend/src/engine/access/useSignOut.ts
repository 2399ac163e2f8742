import { useMutation, useQueryClient } from "@tanstack/react-query";
import { signOut } from "./allauth";

/** Leaves with a full page load: nothing of the session stays in memory. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: signOut,
    onSettled: () => {
      client.clear();
      location.assign("/sign-in");
    },
  });
}
