// Who looks at the page: without a login it leads to the place where one logs in, with one it offers the way out.
const at = id => document.getElementById(id);

// True when the answer was that nobody is logged in.
export function leadsToLogin(answer) {
  if (answer.status !== 401) return false;
  location.replace('login.html');
  return true;
}

export async function wireSession() {
  at('logout').addEventListener('click', async () => {
    const answer = await fetch('/api/v1/logout', { method: 'POST' }).catch(() => null);
    if (answer?.ok || answer?.status === 401) location.replace('login.html');
  });
  const answer = await fetch('/api/v1/session').catch(() => null);
  if (!answer || leadsToLogin(answer) || !answer.ok) return;
  at('logout').hidden = (await answer.json()).who !== 'owner';
}
