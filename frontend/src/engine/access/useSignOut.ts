import { useMutation, useQueryClient } from "@tanstack/react-query";
import { forgetPerson } from "@/api/forget-person";
import { signOut } from "./allauth";

/** Leaves with a full page load: nothing of the session stays in memory, and nothing of the person in the browser. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: signOut,
    onSettled: () => {
      client.clear();
      forgetPerson();
      location.assign("/sign-in");
    },
  });
}
