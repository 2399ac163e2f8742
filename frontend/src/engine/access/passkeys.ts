/** WebAuthn through allauth: options as JSON in, credential as JSON out, the browser's own converters in between. */
import { allauth, type Envelope, type Outcome } from "./allauth";

interface RequestOptions {
  request_options: { publicKey: PublicKeyCredentialRequestOptionsJSON };
}
interface CreationOptions {
  creation_options: { publicKey: PublicKeyCredentialCreationOptionsJSON };
}

export function passkeysSupported(): boolean {
  return (
    typeof PublicKeyCredential !== "undefined" && typeof PublicKeyCredential.parseRequestOptionsFromJSON === "function"
  );
}

async function assertion(path: string): Promise<PublicKeyCredentialJSON> {
  const { data } = await allauth<RequestOptions>("GET", path);
  if (!data) throw new Error("no options");
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(data.request_options.publicKey);
  const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential | null;
  if (!credential) throw new Error("cancelled");
  return credential.toJSON();
}

async function prove(path: string): Promise<Outcome> {
  const credential = await assertion(path);
  const answer: Envelope = await allauth("POST", path, { credential });
  return answer.status === 200 ? { step: "done" } : { step: "sign_in" };
}

export const signInWithPasskey = () => prove("/auth/webauthn/login");
export const confirmWithPasskey = () => prove("/auth/webauthn/authenticate");
export const reauthenticateWithPasskey = () => prove("/auth/webauthn/reauthenticate");

/** Makes a passkey on this device; throws when the person cancels. */
export async function createPasskey(name: string): Promise<Envelope> {
  const options = await allauth<CreationOptions>("GET", "/account/authenticators/webauthn?passwordless");
  // A refusal (401: prove first that it is you) carries data too, and no options.
  if (options.status !== 200 || !options.data) return options;
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options.data.creation_options.publicKey);
  const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential | null;
  if (!credential) throw new Error("cancelled");
  return allauth("POST", "/account/authenticators/webauthn", { name, credential: credential.toJSON() });
}
