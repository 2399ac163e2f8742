import { useMutation } from "@tanstack/react-query";
import { forgetPerson } from "@/api/forget-person";
import { signOut } from "./allauth";

/**
 * Leaves with a full page load: nothing of the session stays in memory, and nothing of the person in the browser.
 *
 * What was fetched is left alone until then: the page is still drawn from it while the next one loads. A browser that
 * kept the page for its back button must load it anew.
 */
export function useSignOut() {
  return useMutation({
    mutationFn: signOut,
    onSettled: () => {
      forgetPerson();
      addEventListener("pageshow", (shown) => shown.persisted && location.reload());
      location.assign("/sign-in");
    },
  });
}
