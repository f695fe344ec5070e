/*
 * clean_weights.c - weights of the features and their names: data only.
 *
 * Fitted by logistic regression (ridge 1) on the blocks of news pages whose bodies an editor cut out, longer blocks
 * counting more; the second round on scores of the first that were made without the page's own. In log-odds for a feature of 1.
 */
#include "clean_score.h"

const struct pm_clean_weights pm_clean_weights_first = {{
    [PM_FEAT_BIAS] = 0.74f, [PM_FEAT_LEN_20] = -1.31f, [PM_FEAT_LEN_40] = -0.43f,
    [PM_FEAT_LEN_80] = -0.27f, [PM_FEAT_LEN_160] = 0.36f, [PM_FEAT_LEN_320] = 0.63f,
    [PM_FEAT_LEN_MORE] = 1.02f, [PM_FEAT_P] = 0.22f, [PM_FEAT_DIV] = -0.55f, [PM_FEAT_ITEM] = 0.98f,
    [PM_FEAT_H1] = -2.08f, [PM_FEAT_H2] = 0.24f, [PM_FEAT_H3] = 0.11f, [PM_FEAT_H4] = -0.33f,
    [PM_FEAT_QUOTE_TAG] = -0.18f, [PM_FEAT_ROW] = 1.30f, [PM_FEAT_PRE] = 1.09f,
    [PM_FEAT_END_STOP] = 0.51f, [PM_FEAT_END_DOTS] = -0.60f, [PM_FEAT_END_COLON] = 0.26f,
    [PM_FEAT_END_WORD] = -0.48f, [PM_FEAT_END_OTHER] = 0.31f, [PM_FEAT_STOPS_2] = -0.20f,
    [PM_FEAT_SHORT_STOP] = -0.54f, [PM_FEAT_SHORT_COLON] = -0.57f, [PM_FEAT_COMMAS] = 0.42f,
    [PM_FEAT_QUOTED] = 0.21f, [PM_FEAT_LOW] = 0.22f, [PM_FEAT_DIGITS] = -0.39f,
    [PM_FEAT_CAPS] = 0.17f, [PM_FEAT_UPPER] = -0.03f, [PM_FEAT_BARS] = -1.52f,
    [PM_FEAT_PAREN] = -0.43f, [PM_FEAT_NO_LETTERS] = -2.48f, [PM_FEAT_LINK_ALL] = -0.22f,
    [PM_FEAT_LINK_HALF] = -1.46f, [PM_FEAT_LINK_SOME] = -0.11f, [PM_FEAT_LINKS_3] = 0.27f,
    [PM_FEAT_LINK_LONG] = -0.27f, [PM_FEAT_LINK_STRONG] = -0.93f, [PM_FEAT_STRONG] = -0.88f,
    [PM_FEAT_STRONG_START] = -0.35f, [PM_FEAT_EM] = -1.92f, [PM_FEAT_STRONG_STOP] = -0.94f,
    [PM_FEAT_WHOLE] = -0.81f, [PM_FEAT_COVER] = -1.28f, [PM_FEAT_W_MORE] = -0.90f,
    [PM_FEAT_W_LIST] = -0.65f, [PM_FEAT_W_SHARE] = -0.78f, [PM_FEAT_W_SIGN] = -0.48f,
    [PM_FEAT_W_TALK] = -0.34f, [PM_FEAT_W_LEGAL] = -0.09f, [PM_FEAT_W_CONTACT] = -0.07f,
    [PM_FEAT_W_AD] = -0.67f, [PM_FEAT_W_PHOTO] = -0.73f, [PM_FEAT_W_SOURCE] = -0.35f,
    [PM_FEAT_W_BY] = -0.50f, [PM_FEAT_W_WHEN] = -0.53f, [PM_FEAT_W_NAV] = -0.57f,
    [PM_FEAT_I_MORE] = -0.92f, [PM_FEAT_I_SIGN] = -2.42f, [PM_FEAT_I_LEGAL] = -0.76f,
    [PM_FEAT_I_PHOTO] = -0.13f, [PM_FEAT_I_TALK] = -0.66f, [PM_FEAT_I_BY] = -0.22f,
    [PM_FEAT_MORE_LINK] = -1.02f, [PM_FEAT_E_PHOTO] = -1.40f, [PM_FEAT_SAME_PARENT] = 0.53f,
    [PM_FEAT_SAME_SIGN] = 1.01f, [PM_FEAT_DEEPER] = -0.66f, [PM_FEAT_DEEPER_3] = -0.87f,
    [PM_FEAT_SHALLOWER] = -0.74f, [PM_FEAT_PARENT_GOOD] = 0.89f, [PM_FEAT_PARENT_POOR] = 0.35f,
    [PM_FEAT_ALONE] = 0.50f, [PM_FEAT_FIRST] = -0.27f, [PM_FEAT_BEFORE] = 0.80f,
    [PM_FEAT_BEFORE_LONG] = -0.11f, [PM_FEAT_BEHIND] = -0.53f, [PM_FEAT_LAST] = -0.62f,
    [PM_FEAT_LAST_3] = -0.72f, [PM_FEAT_LATE] = -1.19f, [PM_FEAT_BEFORE_TITLE] = -0.87f,
    [PM_FEAT_NO_TITLE_YET] = 0.19f, [PM_FEAT_IS_TITLE] = -0.50f, [PM_FEAT_IS_LEAD] = -0.37f,
    [PM_FEAT_LEAD_BEFORE] = -0.85f, [PM_FEAT_REPEATS] = -0.02f, [PM_FEAT_NEXT_TITLE] = -1.01f,
    [PM_FEAT_AUTHOR_NAME] = -1.31f, [PM_FEAT_LEAD_SAME] = -0.80f, [PM_FEAT_OTHER_ARTICLE] = 0.45f,
    [PM_FEAT_OTHER_LONG] = -0.22f, [PM_FEAT_NEXT_OTHER] = -4.51f, [PM_FEAT_SAME_PATH] = 1.17f,
    [PM_FEAT_SAME_PATH_NOT_SIGN] = -0.16f, [PM_FEAT_SECTION_SIGN] = -0.33f,
    [PM_FEAT_PASSED_UI] = -1.05f, [PM_FEAT_AFTER_IMG] = -0.40f, [PM_FEAT_AFTER_IMG_SHORT] = -0.90f,
    [PM_FEAT_PARENT_LINKED] = 0.33f, [PM_FEAT_PARENT_MIXED] = -0.30f,
    [PM_FEAT_SHORT_PARENT_LINKED] = 0.14f, [PM_FEAT_NEWS] = -0.56f, [PM_FEAT_NEWS_LEAD] = -0.86f,
    [PM_FEAT_NEWS_BEFORE] = -1.02f, [PM_FEAT_NEWS_ITEM] = 0.26f, [PM_FEAT_NEWS_SHORT] = 0.21f,
    [PM_FEAT_NEWS_EM] = 0.26f, [PM_FEAT_NEWS_HEAD] = 0.38f, [PM_FEAT_NEWS_BEHIND] = -0.27f,
    [PM_FEAT_LD] = -1.04f, [PM_FEAT_LD_LEAD] = -0.40f, [PM_FEAT_LD_BEFORE] = -0.96f,
    [PM_FEAT_LD_ITEM] = -1.43f, [PM_FEAT_LD_SHORT] = 0.61f, [PM_FEAT_LD_EM] = -1.05f,
    [PM_FEAT_LD_HEAD] = 0.68f, [PM_FEAT_LD_BEHIND] = -0.35f, [PM_FEAT_THIN] = 0.81f,
    [PM_FEAT_THIN_SHORT] = 0.55f, [PM_FEAT_THIN_ITEM] = 0.18f, [PM_FEAT_THIN_ROW] = 0.51f,
    [PM_FEAT_THIN_HEAD] = -0.30f, [PM_FEAT_THIN_BEHIND] = 0.55f, [PM_FEAT_PREV_GOOD] = 0.19f,
    [PM_FEAT_NEXT_GOOD] = 0.60f, [PM_FEAT_PREV_3] = 0.03f, [PM_FEAT_NEXT_3] = -0.06f,
    [PM_FEAT_PREV_SHORT] = 0.19f, [PM_FEAT_NEXT_SHORT] = 0.25f, [PM_FEAT_HEAD_PROSE] = 0.72f,
    [PM_FEAT_HEAD_NONE] = -0.58f, [PM_FEAT_ITEM_POOR] = 0.59f, [PM_FEAT_ITEM_RICH] = -0.93f,
    [PM_FEAT_MARK_0 + 0] = 0.32f, [PM_FEAT_MARK_0 + 1] = -1.00f, [PM_FEAT_MARK_0 + 2] = -1.54f,
    [PM_FEAT_MARK_0 + 3] = -0.74f, [PM_FEAT_MARK_0 + 4] = -1.15f, [PM_FEAT_MARK_0 + 5] = -1.10f,
    [PM_FEAT_MARK_0 + 6] = -0.52f, [PM_FEAT_MARK_0 + 7] = -1.24f, [PM_FEAT_MARK_0 + 8] = -1.82f,
    [PM_FEAT_MARK_0 + 9] = -0.89f, [PM_FEAT_MARK_0 + 10] = -0.64f, [PM_FEAT_MARK_0 + 11] = -0.62f,
    [PM_FEAT_MARK_0 + 12] = -0.59f, [PM_FEAT_MARK_0 + 13] = -0.75f, [PM_FEAT_MARK_0 + 14] = -1.17f,
    [PM_FEAT_MARK_0 + 15] = -0.40f, [PM_FEAT_MARK_0 + 16] = 0.39f, [PM_FEAT_MARK_0 + 17] = 0.15f,
    [PM_FEAT_MARK_0 + 18] = -0.99f, [PM_FEAT_MARK_0 + 19] = 0.31f, [PM_FEAT_MARK_0 + 20] = -0.79f,
    [PM_FEAT_MARK_0 + 21] = 0.59f, [PM_FEAT_MARK_0 + 22] = -0.31f, [PM_FEAT_MARK_0 + 23] = -1.00f,
    [PM_FEAT_MARK_0 + 24] = -0.49f, [PM_FEAT_MARK_0 + 25] = 0.63f, [PM_FEAT_MARK_0 + 26] = -0.22f,
    [PM_FEAT_MARK_0 + 27] = 0.52f, [PM_FEAT_MARK_0 + 28] = -0.10f, [PM_FEAT_MARK_0 + 29] = 0.15f,
    [PM_FEAT_MARK_0 + 30] = 0.48f, [PM_FEAT_NEAR_0 + 0] = -0.04f, [PM_FEAT_NEAR_0 + 1] = -0.90f,
    [PM_FEAT_NEAR_0 + 2] = -0.28f, [PM_FEAT_NEAR_0 + 3] = 0.13f, [PM_FEAT_NEAR_0 + 4] = -0.35f,
    [PM_FEAT_NEAR_0 + 5] = -0.61f, [PM_FEAT_NEAR_0 + 6] = 0.32f, [PM_FEAT_NEAR_0 + 7] = -1.27f,
    [PM_FEAT_NEAR_0 + 8] = -0.41f, [PM_FEAT_NEAR_0 + 9] = -0.36f, [PM_FEAT_NEAR_0 + 10] = -0.23f,
    [PM_FEAT_NEAR_0 + 11] = -0.37f, [PM_FEAT_NEAR_0 + 12] = -0.05f, [PM_FEAT_NEAR_0 + 13] = 0.70f,
    [PM_FEAT_NEAR_0 + 14] = -0.01f, [PM_FEAT_NEAR_0 + 15] = 0.14f, [PM_FEAT_NEAR_0 + 16] = -0.33f,
    [PM_FEAT_NEAR_0 + 17] = -0.02f, [PM_FEAT_NEAR_0 + 18] = -0.05f, [PM_FEAT_NEAR_0 + 19] = -0.03f,
    [PM_FEAT_NEAR_0 + 20] = 0.54f, [PM_FEAT_NEAR_0 + 21] = -0.89f, [PM_FEAT_NEAR_0 + 22] = 1.37f,
    [PM_FEAT_NEAR_0 + 23] = -1.02f, [PM_FEAT_NEAR_0 + 24] = -0.57f, [PM_FEAT_NEAR_0 + 25] = 0.53f,
    [PM_FEAT_NEAR_0 + 26] = 0.04f, [PM_FEAT_NEAR_0 + 27] = 0.53f, [PM_FEAT_NEAR_0 + 29] = -0.39f,
    [PM_FEAT_NEAR_0 + 30] = -0.01f, [PM_FEAT_LONG_0 + 0] = 0.42f, [PM_FEAT_LONG_0 + 2] = -0.37f,
    [PM_FEAT_LONG_0 + 3] = 0.62f, [PM_FEAT_LONG_0 + 4] = -0.24f, [PM_FEAT_LONG_0 + 5] = -0.24f,
    [PM_FEAT_LONG_0 + 6] = -0.57f, [PM_FEAT_LONG_0 + 7] = -0.44f, [PM_FEAT_LONG_0 + 8] = -0.63f,
    [PM_FEAT_LONG_0 + 9] = -0.99f, [PM_FEAT_LONG_0 + 10] = -0.19f, [PM_FEAT_LONG_0 + 11] = -0.62f,
    [PM_FEAT_LONG_0 + 12] = -0.02f, [PM_FEAT_LONG_0 + 13] = 0.85f, [PM_FEAT_LONG_0 + 14] = 0.31f,
    [PM_FEAT_LONG_0 + 15] = -0.22f, [PM_FEAT_LONG_0 + 16] = 0.19f, [PM_FEAT_LONG_0 + 17] = 0.37f,
    [PM_FEAT_LONG_0 + 18] = -0.80f, [PM_FEAT_LONG_0 + 19] = 0.62f, [PM_FEAT_LONG_0 + 20] = 0.31f,
    [PM_FEAT_LONG_0 + 21] = 0.63f, [PM_FEAT_LONG_0 + 22] = -0.91f, [PM_FEAT_LONG_0 + 23] = -0.11f,
    [PM_FEAT_LONG_0 + 24] = 0.32f, [PM_FEAT_LONG_0 + 25] = -0.17f, [PM_FEAT_LONG_0 + 26] = 0.01f,
    [PM_FEAT_LONG_0 + 28] = 0.17f, [PM_FEAT_LONG_0 + 29] = -0.19f, [PM_FEAT_LONG_0 + 30] = 0.04f,
}};

const struct pm_clean_weights pm_clean_weights_second = {{
    [PM_FEAT_BIAS] = 2.12f, [PM_FEAT_LEN_20] = -1.90f, [PM_FEAT_LEN_40] = -0.62f,
    [PM_FEAT_LEN_80] = -0.39f, [PM_FEAT_LEN_160] = 0.53f, [PM_FEAT_LEN_320] = 0.96f,
    [PM_FEAT_LEN_MORE] = 1.44f, [PM_FEAT_P] = 0.37f, [PM_FEAT_DIV] = -0.69f, [PM_FEAT_ITEM] = 1.21f,
    [PM_FEAT_H1] = -2.60f, [PM_FEAT_H2] = 0.48f, [PM_FEAT_H3] = 0.31f, [PM_FEAT_H4] = -0.32f,
    [PM_FEAT_QUOTE_TAG] = -0.15f, [PM_FEAT_ROW] = 1.53f, [PM_FEAT_PRE] = 1.24f,
    [PM_FEAT_END_STOP] = 0.74f, [PM_FEAT_END_DOTS] = -0.55f, [PM_FEAT_END_COLON] = 0.22f,
    [PM_FEAT_END_WORD] = -0.70f, [PM_FEAT_END_OTHER] = 0.32f, [PM_FEAT_STOPS_2] = -0.31f,
    [PM_FEAT_SHORT_STOP] = -0.72f, [PM_FEAT_SHORT_COLON] = -0.71f, [PM_FEAT_COMMAS] = 0.60f,
    [PM_FEAT_QUOTED] = 0.27f, [PM_FEAT_LOW] = 0.21f, [PM_FEAT_DIGITS] = -0.46f,
    [PM_FEAT_CAPS] = 0.25f, [PM_FEAT_UPPER] = -0.11f, [PM_FEAT_BARS] = -2.15f,
    [PM_FEAT_PAREN] = -0.58f, [PM_FEAT_NO_LETTERS] = -2.80f, [PM_FEAT_LINK_ALL] = -0.16f,
    [PM_FEAT_LINK_HALF] = -2.09f, [PM_FEAT_LINK_SOME] = -0.18f, [PM_FEAT_LINKS_3] = 0.24f,
    [PM_FEAT_LINK_LONG] = -0.52f, [PM_FEAT_LINK_STRONG] = -1.29f, [PM_FEAT_STRONG] = -1.21f,
    [PM_FEAT_STRONG_START] = -0.46f, [PM_FEAT_EM] = -2.29f, [PM_FEAT_STRONG_STOP] = -1.32f,
    [PM_FEAT_WHOLE] = -0.89f, [PM_FEAT_COVER] = -1.88f, [PM_FEAT_W_MORE] = -1.35f,
    [PM_FEAT_W_LIST] = -0.76f, [PM_FEAT_W_SHARE] = -0.97f, [PM_FEAT_W_SIGN] = -0.57f,
    [PM_FEAT_W_TALK] = -0.37f, [PM_FEAT_W_LEGAL] = -0.19f, [PM_FEAT_W_CONTACT] = 0.03f,
    [PM_FEAT_W_AD] = -0.70f, [PM_FEAT_W_PHOTO] = -0.88f, [PM_FEAT_W_SOURCE] = -0.49f,
    [PM_FEAT_W_BY] = -0.75f, [PM_FEAT_W_WHEN] = -0.85f, [PM_FEAT_W_NAV] = -0.78f,
    [PM_FEAT_I_MORE] = -1.30f, [PM_FEAT_I_SIGN] = -2.88f, [PM_FEAT_I_LEGAL] = -1.07f,
    [PM_FEAT_I_PHOTO] = -0.24f, [PM_FEAT_I_TALK] = -0.65f, [PM_FEAT_I_BY] = -0.25f,
    [PM_FEAT_MORE_LINK] = -1.53f, [PM_FEAT_E_PHOTO] = -1.53f, [PM_FEAT_SAME_PARENT] = 0.53f,
    [PM_FEAT_SAME_SIGN] = 1.00f, [PM_FEAT_DEEPER] = -0.91f, [PM_FEAT_DEEPER_3] = -1.19f,
    [PM_FEAT_SHALLOWER] = -1.02f, [PM_FEAT_PARENT_GOOD] = 1.10f, [PM_FEAT_PARENT_POOR] = 0.45f,
    [PM_FEAT_ALONE] = 0.60f, [PM_FEAT_FIRST] = -0.58f, [PM_FEAT_BEFORE] = 0.43f,
    [PM_FEAT_BEFORE_LONG] = 0.06f, [PM_FEAT_BEHIND] = -0.45f, [PM_FEAT_LAST] = -0.53f,
    [PM_FEAT_LAST_3] = -0.62f, [PM_FEAT_LATE] = -1.53f, [PM_FEAT_BEFORE_TITLE] = -0.96f,
    [PM_FEAT_NO_TITLE_YET] = 0.23f, [PM_FEAT_IS_TITLE] = -0.72f, [PM_FEAT_IS_LEAD] = -0.52f,
    [PM_FEAT_LEAD_BEFORE] = -1.04f, [PM_FEAT_REPEATS] = -0.03f, [PM_FEAT_NEXT_TITLE] = -1.03f,
    [PM_FEAT_AUTHOR_NAME] = -1.71f, [PM_FEAT_LEAD_SAME] = -0.86f, [PM_FEAT_OTHER_ARTICLE] = 0.76f,
    [PM_FEAT_OTHER_LONG] = -0.48f, [PM_FEAT_NEXT_OTHER] = -4.48f, [PM_FEAT_SAME_PATH] = 1.39f,
    [PM_FEAT_SAME_PATH_NOT_SIGN] = -0.39f, [PM_FEAT_SECTION_UI] = -0.05f,
    [PM_FEAT_SECTION_SIGN] = -0.34f, [PM_FEAT_PASSED_UI] = -0.94f, [PM_FEAT_AFTER_IMG] = -0.61f,
    [PM_FEAT_AFTER_IMG_SHORT] = -1.32f, [PM_FEAT_PARENT_LINKED] = 0.49f,
    [PM_FEAT_PARENT_MIXED] = -0.28f, [PM_FEAT_SHORT_PARENT_LINKED] = 0.10f, [PM_FEAT_NEWS] = -0.64f,
    [PM_FEAT_NEWS_LEAD] = -1.17f, [PM_FEAT_NEWS_BEFORE] = -1.21f, [PM_FEAT_NEWS_ITEM] = 0.19f,
    [PM_FEAT_NEWS_SHORT] = 0.27f, [PM_FEAT_NEWS_EM] = 0.05f, [PM_FEAT_NEWS_HEAD] = 0.43f,
    [PM_FEAT_NEWS_BEHIND] = -0.40f, [PM_FEAT_LD] = -1.34f, [PM_FEAT_LD_LEAD] = -0.76f,
    [PM_FEAT_LD_BEFORE] = -1.16f, [PM_FEAT_LD_ITEM] = -1.53f, [PM_FEAT_LD_SHORT] = 0.74f,
    [PM_FEAT_LD_EM] = -1.59f, [PM_FEAT_LD_HEAD] = 0.98f, [PM_FEAT_LD_BEHIND] = -0.38f,
    [PM_FEAT_THIN] = 1.02f, [PM_FEAT_THIN_SHORT] = 0.70f, [PM_FEAT_THIN_ITEM] = 0.10f,
    [PM_FEAT_THIN_ROW] = 0.45f, [PM_FEAT_THIN_HEAD] = -0.22f, [PM_FEAT_THIN_BEHIND] = 0.66f,
    [PM_FEAT_PREV_GOOD] = -0.10f, [PM_FEAT_NEXT_GOOD] = 0.78f, [PM_FEAT_PREV_3] = -0.15f,
    [PM_FEAT_NEXT_3] = -0.60f, [PM_FEAT_PREV_SHORT] = 0.41f, [PM_FEAT_NEXT_SHORT] = 0.37f,
    [PM_FEAT_HEAD_PROSE] = 0.85f, [PM_FEAT_HEAD_NONE] = -0.76f, [PM_FEAT_ITEM_POOR] = 1.00f,
    [PM_FEAT_ITEM_RICH] = -0.94f, [PM_FEAT_MARK_0 + 0] = 0.36f, [PM_FEAT_MARK_0 + 1] = -1.16f,
    [PM_FEAT_MARK_0 + 2] = -1.61f, [PM_FEAT_MARK_0 + 3] = -0.89f, [PM_FEAT_MARK_0 + 4] = -1.04f,
    [PM_FEAT_MARK_0 + 5] = -1.39f, [PM_FEAT_MARK_0 + 6] = -0.48f, [PM_FEAT_MARK_0 + 7] = -1.53f,
    [PM_FEAT_MARK_0 + 8] = -1.98f, [PM_FEAT_MARK_0 + 9] = -1.23f, [PM_FEAT_MARK_0 + 10] = -0.73f,
    [PM_FEAT_MARK_0 + 11] = -0.74f, [PM_FEAT_MARK_0 + 12] = -0.44f, [PM_FEAT_MARK_0 + 13] = -0.76f,
    [PM_FEAT_MARK_0 + 14] = -1.46f, [PM_FEAT_MARK_0 + 15] = -0.40f, [PM_FEAT_MARK_0 + 16] = 0.50f,
    [PM_FEAT_MARK_0 + 17] = 0.17f, [PM_FEAT_MARK_0 + 18] = -1.06f, [PM_FEAT_MARK_0 + 19] = 0.32f,
    [PM_FEAT_MARK_0 + 20] = -0.91f, [PM_FEAT_MARK_0 + 21] = 0.64f, [PM_FEAT_MARK_0 + 22] = -0.04f,
    [PM_FEAT_MARK_0 + 23] = -1.32f, [PM_FEAT_MARK_0 + 24] = -0.62f, [PM_FEAT_MARK_0 + 25] = 0.70f,
    [PM_FEAT_MARK_0 + 26] = -0.23f, [PM_FEAT_MARK_0 + 27] = 0.53f, [PM_FEAT_MARK_0 + 28] = -0.16f,
    [PM_FEAT_MARK_0 + 29] = 0.13f, [PM_FEAT_MARK_0 + 30] = 0.60f, [PM_FEAT_NEAR_0 + 0] = -0.20f,
    [PM_FEAT_NEAR_0 + 1] = -1.07f, [PM_FEAT_NEAR_0 + 2] = -0.51f, [PM_FEAT_NEAR_0 + 3] = 0.01f,
    [PM_FEAT_NEAR_0 + 4] = -0.70f, [PM_FEAT_NEAR_0 + 5] = -0.67f, [PM_FEAT_NEAR_0 + 6] = 0.25f,
    [PM_FEAT_NEAR_0 + 7] = -1.46f, [PM_FEAT_NEAR_0 + 8] = -0.67f, [PM_FEAT_NEAR_0 + 9] = -0.43f,
    [PM_FEAT_NEAR_0 + 10] = -0.47f, [PM_FEAT_NEAR_0 + 11] = -0.48f, [PM_FEAT_NEAR_0 + 12] = -0.05f,
    [PM_FEAT_NEAR_0 + 13] = 0.75f, [PM_FEAT_NEAR_0 + 14] = -0.10f, [PM_FEAT_NEAR_0 + 15] = 0.22f,
    [PM_FEAT_NEAR_0 + 16] = -0.33f, [PM_FEAT_NEAR_0 + 17] = 0.09f, [PM_FEAT_NEAR_0 + 18] = -0.05f,
    [PM_FEAT_NEAR_0 + 19] = -0.01f, [PM_FEAT_NEAR_0 + 20] = 0.76f, [PM_FEAT_NEAR_0 + 21] = -0.99f,
    [PM_FEAT_NEAR_0 + 22] = 1.21f, [PM_FEAT_NEAR_0 + 23] = -1.21f, [PM_FEAT_NEAR_0 + 24] = -0.84f,
    [PM_FEAT_NEAR_0 + 25] = 0.50f, [PM_FEAT_NEAR_0 + 27] = 0.55f, [PM_FEAT_NEAR_0 + 28] = 0.01f,
    [PM_FEAT_NEAR_0 + 29] = -0.42f, [PM_FEAT_NEAR_0 + 30] = -0.01f, [PM_FEAT_LONG_0 + 0] = 0.57f,
    [PM_FEAT_LONG_0 + 1] = -0.01f, [PM_FEAT_LONG_0 + 2] = -0.54f, [PM_FEAT_LONG_0 + 3] = 0.68f,
    [PM_FEAT_LONG_0 + 4] = -0.30f, [PM_FEAT_LONG_0 + 5] = -0.36f, [PM_FEAT_LONG_0 + 6] = -0.71f,
    [PM_FEAT_LONG_0 + 7] = -0.43f, [PM_FEAT_LONG_0 + 8] = -0.48f, [PM_FEAT_LONG_0 + 9] = -1.21f,
    [PM_FEAT_LONG_0 + 10] = -0.13f, [PM_FEAT_LONG_0 + 11] = -0.75f, [PM_FEAT_LONG_0 + 12] = -0.05f,
    [PM_FEAT_LONG_0 + 13] = 0.66f, [PM_FEAT_LONG_0 + 14] = 0.37f, [PM_FEAT_LONG_0 + 15] = -0.30f,
    [PM_FEAT_LONG_0 + 16] = 0.16f, [PM_FEAT_LONG_0 + 17] = 0.34f, [PM_FEAT_LONG_0 + 18] = -0.86f,
    [PM_FEAT_LONG_0 + 19] = 0.47f, [PM_FEAT_LONG_0 + 20] = 0.19f, [PM_FEAT_LONG_0 + 21] = 0.97f,
    [PM_FEAT_LONG_0 + 22] = -1.05f, [PM_FEAT_LONG_0 + 23] = -0.11f, [PM_FEAT_LONG_0 + 24] = 0.20f,
    [PM_FEAT_LONG_0 + 25] = -0.32f, [PM_FEAT_LONG_0 + 26] = 0.02f, [PM_FEAT_LONG_0 + 28] = 0.21f,
    [PM_FEAT_LONG_0 + 29] = -0.23f, [PM_FEAT_LONG_0 + 30] = 0.10f, [PM_FEAT_S_OWN] = -0.59f,
    [PM_FEAT_S_PREV] = 0.12f, [PM_FEAT_S_NEXT] = 0.01f, [PM_FEAT_S_PREV_3] = 0.02f,
    [PM_FEAT_S_NEXT_3] = 0.09f, [PM_FEAT_S_BEFORE] = -1.24f, [PM_FEAT_S_BEHIND] = -0.30f,
    [PM_FEAT_S_PARENT] = 0.02f, [PM_FEAT_S_SIGN] = 0.31f, [PM_FEAT_S_HEAD_NEXT] = 0.13f,
}};

static const char *const names[PM_FEAT_MARK_0] = {
    "bias", "len-20", "len-40", "len-80", "len-160", "len-320", "len-more", "p", "div", "item",
    "h1", "h2", "h3", "h4", "quote-tag", "row", "pre", "inline", "end-stop", "end-dots",
    "end-colon", "end-word", "end-other", "stops-2", "short-stop", "short-colon", "commas",
    "quoted", "low", "digits", "caps", "upper", "bars", "bullet", "paren", "no-letters", "link-all",
    "link-half", "link-some", "links-3", "link-long", "link-strong", "strong", "strong-start", "em",
    "strong-stop", "date", "whole", "cover", "w-more", "w-list", "w-share", "w-sign", "w-talk",
    "w-legal", "w-contact", "w-ad", "w-photo", "w-source", "w-by", "w-when", "w-nav", "i-more",
    "i-sign", "i-legal", "i-photo", "i-talk", "i-by", "more-link", "e-photo", "same-parent",
    "same-sign", "deeper", "deeper-3", "shallower", "parent-good", "parent-poor", "alone", "first",
    "before", "before-long", "behind", "last", "last-3", "late", "before-title", "no-title-yet",
    "is-title", "is-lead", "lead-before", "repeats", "next-title", "author-name", "lead-same",
    "other-article", "other-long", "next-other", "same-path", "same-path-not-sign", "section-ui",
    "section-sign", "passed-ui", "after-img", "after-img-short", "parent-linked", "parent-mixed",
    "short-parent-linked", "news", "news-lead", "news-before", "news-item", "news-short", "news-em",
    "news-head", "news-behind", "ld", "ld-lead", "ld-before", "ld-item", "ld-short", "ld-em",
    "ld-head", "ld-behind", "thin", "thin-short", "thin-item", "thin-row", "thin-head",
    "thin-behind", "prev-good", "next-good", "prev-3", "next-3", "prev-short", "next-short",
    "head-prose", "head-none", "after-list-head", "item-poor", "item-rich",
};

enum pm_feature_group
pm_feature_group_of(enum pm_feature f)
{
    if (f >= PM_FEAT_S_OWN)
        return PM_GROUP_SECOND;
    if (f >= PM_FEAT_MARK_0)
        return PM_GROUP_CLASS;
    if (f >= PM_FEAT_PREV_GOOD)
        return PM_GROUP_NEIGHBOURS;
    if (f >= PM_FEAT_NEWS)
        return PM_GROUP_KIND;
    if (f == PM_FEAT_IS_TITLE || f == PM_FEAT_IS_LEAD || f == PM_FEAT_LEAD_BEFORE || f == PM_FEAT_LEAD_SAME ||
        f == PM_FEAT_AUTHOR_NAME)
        return PM_GROUP_FACTS;
    if (f >= PM_FEAT_SECTION_UI && f <= PM_FEAT_PASSED_UI)
        return PM_GROUP_PHRASES;
    if (f >= PM_FEAT_PARENT_LINKED && f <= PM_FEAT_SHORT_PARENT_LINKED)
        return PM_GROUP_LINKS;
    if (f >= PM_FEAT_SAME_PARENT)
        return PM_GROUP_PLACE;
    if (f >= PM_FEAT_WHOLE)
        return PM_GROUP_PHRASES;
    if (f >= PM_FEAT_LINK_ALL && f <= PM_FEAT_LINK_STRONG)
        return PM_GROUP_LINKS;
    if (f >= PM_FEAT_P && f <= PM_FEAT_INLINE)
        return PM_GROUP_ELEMENT;
    return f == PM_FEAT_BIAS ? PM_GROUP_NONE : PM_GROUP_SHAPE;
}

const char *
pm_feature_name(enum pm_feature f)
{
    static const char *const context[] = {"first-score", "before", "behind", "before-3", "behind-3", "all-before",
                                          "all-behind", "parent", "kin", "heading-of"};

    if (f < PM_FEAT_MARK_0)
        return names[f];
    if (f < PM_FEAT_MARK_END)
        return pm_mark_name(1u << (f - PM_FEAT_MARK_0));
    if (f < PM_FEAT_NEAR_END)
        return pm_mark_name(1u << (f - PM_FEAT_NEAR_0));
    if (f < PM_FEAT_LONG_END)
        return pm_mark_name(1u << (f - PM_FEAT_LONG_0));
    return context[f - PM_FEAT_S_OWN];
}
