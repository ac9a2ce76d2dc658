/**
 * Passwords of twelve or more characters that lists of leaked passwords put first, and the stems such passwords are built
 * from. Compared without case and without what stands around letters, so that `Password!2024!!` counts as `password`.
 */
export const COMMON_STEMS: ReadonlySet<string> = new Set(
  (
    'password passwordpassword passw0rd p4ssword pass word letmein letmeinplease welcome welcomewelcome welcomehome ' +
    'admin administrator adminadmin root rootroot superuser qwerty qwertyuiop qwertyuiopasdf qwertyqwerty qwertz ' +
    'qwertzuiop azerty azertyuiop asdf asdfgh asdfghjkl asdfasdfasdf zxcvbn zxcvbnm qazwsx qazwsxedc qazwsxedcrfv ' +
    'abc abcd abcdef abcdefgh abcdefghijkl abcabc iloveyou iloveyousomuch ilovemyself iloveme loveyou monkey dragon ' +
    'football baseball basketball superman batman spiderman starwars pokemon sunshine princess master shadow michael ' +
    'jennifer jordan ashley bailey charlie trustno trustnoone whatever freedom computer internet changeme changeit ' +
    'changemenow changethis secret secretsecret topsecret default guest test testtest testing testtesttest login ' +
    'temp temporary temppassword company companyname mypassword mysecretpassword thisisapassword thisismypassword ' +
    'correcthorsebatterystaple correcthorse unknown nopassword nothing summer winter spring autumn january february ' +
    'march april may june july august september october november december monday tuesday wednesday thursday friday ' +
    'saturday sunday genesys genesyscloud purecloud tallystick contactcenter callcenter customer compliance auditor ' +
    'audit officer operator manager security access accessdenied jesuschrist blessed godisgood liverpool chelsea ' +
    'arsenal barcelona realmadrid manchesterunited manchester ferrari mercedes porsche samsung google facebook ' +
    'microsoft windows apple amazon linkedin instagram youtube netflix minecraft fortnite naruto hellokitty'
  ).split(' '),
);

/** Runs on the keyboard or in the alphabet that leaked passwords repeat. */
export const COMMON_RUNS: readonly string[] = [
  '01234567890123456789',
  '98765432109876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  '1q2w3e4r5t6y7u8i9o0p',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
];
