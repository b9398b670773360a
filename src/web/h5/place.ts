/** Where the pages of this account lie: `/h5/pingan-meizhou`. */
export const pagesBase = location.pathname.split('/').slice(0, 3).join('/');
