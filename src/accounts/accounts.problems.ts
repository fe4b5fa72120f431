import { defineProblem } from '../platform/errors/problem.js';

export const sessionRequired = defineProblem('session/required', 'unauthenticated', {
  fr: 'Une session est nécessaire',
  en: 'A session is required',
});
export const sessionInvalid = defineProblem('session/invalid', 'unauthenticated', {
  fr: 'La session est invalide ou terminée',
  en: 'The session is invalid or has ended',
});
/** For the routes whose callers read a 401 as "log out"; see `@ForbidsWithoutSession()`. */
export const sessionMissing = defineProblem('session/missing', 'forbidden', {
  fr: 'Cette action demande une session ouverte',
  en: 'This action needs an open session',
});
export const tokenKeysUnavailable = defineProblem('session/keys-unavailable', 'unavailable', {
  fr: 'Les clés de l’application hôte sont momentanément inaccessibles',
  en: 'The keys of the host application cannot be reached for the moment',
});
export const roleRequired = defineProblem('account/role-required', 'forbidden', {
  fr: 'Votre rôle ne permet pas cette action',
  en: 'Your role does not allow this action',
});
export const credentialsInvalid = defineProblem('account/credentials-invalid', 'unauthenticated', {
  fr: 'Adresse e-mail ou mot de passe incorrect',
  en: 'Wrong e-mail address or password',
});
export const tooManyAttempts = defineProblem('account/too-many-attempts', 'too-many-requests', {
  fr: 'Trop de tentatives : réessayez plus tard',
  en: 'Too many attempts: try again later',
});
export const accountsBusy = defineProblem('account/busy', 'too-many-requests', {
  fr: 'Trop de connexions en même temps : réessayez dans un instant',
  en: 'Too many sign-ins at once: try again in a moment',
});
export const registrationClosed = defineProblem('account/registration-closed', 'forbidden', {
  fr: 'Les inscriptions sont fermées',
  en: 'Registration is closed',
});
export const emailTaken = defineProblem('account/email-taken', 'conflict', {
  fr: 'Cette adresse e-mail a déjà un compte',
  en: 'This e-mail address already has an account',
});
export const passwordLoginOff = defineProblem('account/password-login-off', 'forbidden', {
  fr: 'La connexion se fait par l’application hôte',
  en: 'Sign in through the host application',
});
/** Not a 401: the session is good, and nobody should be signed out for a slip of the fingers. */
export const passwordWrong = defineProblem('account/password-wrong', 'invalid', {
  fr: 'Le mot de passe actuel est incorrect',
  en: 'The current password is wrong',
});
export const passwordUnchanged = defineProblem('account/password-unchanged', 'invalid', {
  fr: 'Le nouveau mot de passe est le même que l’actuel',
  en: 'The new password is the same as the current one',
});
export const passwordCommon = defineProblem('account/password-common', 'invalid', {
  fr: 'Ce mot de passe est trop répandu',
  en: 'This password is too common',
});
export const passwordNotUsed = defineProblem('account/password-not-used', 'conflict', {
  fr: 'Vous vous connectez par l’application hôte, sans mot de passe ici',
  en: 'You sign in through the host application, without a password here',
});
export const refreshTokenInvalid = defineProblem('account/refresh-token-invalid', 'unauthenticated', {
  fr: 'Le jeton de renouvellement est invalide ou déjà utilisé',
  en: 'The refresh token is invalid or already used',
});
export const refreshRaced = defineProblem('account/refresh-raced', 'conflict', {
  fr: 'Une autre requête renouvelle cette session au même moment',
  en: 'Another request is renewing this session at the same moment',
});
export const memberNotFound = defineProblem('member/not-found', 'not-found', {
  fr: 'Membre introuvable',
  en: 'Member not found',
});
export const lastOwner = defineProblem('member/last-owner', 'conflict', {
  fr: 'Une organisation garde au moins un propriétaire',
  en: 'An organization keeps at least one owner',
});
export const organizationNotFound = defineProblem('organization/not-found', 'not-found', {
  fr: 'Organisation introuvable',
  en: 'Organization not found',
});
