// Asks for the password; the cookie that the answer sets is out of reach of any script.
const at = id => document.getElementById(id);

at('login').addEventListener('submit', async event => {
  event.preventDefault();
  at('send').disabled = true;
  const problem = await logIn(at('password').value);
  if (problem === null) return location.replace('./');
  at('send').disabled = false;
  at('problem').textContent = problem;
  at('problem').classList.remove('d-none');
  at('password').select();
});

// Null when it worked, else what is wrong.
async function logIn(password) {
  try {
    const answer = await fetch('/api/v1/login', { method: 'POST', body: JSON.stringify({ password }), headers: { 'Content-Type': 'application/json' } });
    return answer.ok ? null : (await answer.json()).detail ?? `The login failed (${answer.status}).`;
  } catch {
    return 'The service did not answer; try again.';
  }
}
