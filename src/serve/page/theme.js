/* Before anything is drawn: light or dark as the reader's system is, in the report's tokens. */
'use strict';
(() => {
	const dark = matchMedia('(prefers-color-scheme: dark)');
	const show = () => { document.documentElement.dataset.theme = dark.matches ? 'dark' : 'light'; };
	dark.addEventListener('change', show);
	show();
})();
