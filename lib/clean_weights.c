/* clean_weights.c - weights of the features and their names. Fitted: made by a program, see tests/bench. */
#include "clean_score.h"

const struct pm_clean_weights pm_clean_weights_first = {{
    [PM_FEAT_BIAS] = 1.38f, [PM_FEAT_LEN_20] = -1.19f, [PM_FEAT_LEN_40] = -0.29f,
    [PM_FEAT_LEN_80] = -0.23f, [PM_FEAT_LEN_160] = 0.50f, [PM_FEAT_LEN_320] = 0.22f,
    [PM_FEAT_LEN_MORE] = 1.02f, [PM_FEAT_P] = -0.36f, [PM_FEAT_DIV] = -0.66f,
    [PM_FEAT_ITEM] = 0.88f, [PM_FEAT_H1] = -0.54f, [PM_FEAT_H2] = -0.02f, [PM_FEAT_H3] = -0.55f,
    [PM_FEAT_H4] = -0.54f, [PM_FEAT_QUOTE_TAG] = -0.52f, [PM_FEAT_ROW] = 1.52f,
    [PM_FEAT_PRE] = 0.63f, [PM_FEAT_END_STOP] = 0.76f, [PM_FEAT_END_DOTS] = -0.57f,
    [PM_FEAT_END_COLON] = 0.25f, [PM_FEAT_END_WORD] = -0.35f, [PM_FEAT_END_OTHER] = -0.08f,
    [PM_FEAT_STOPS_2] = 0.03f, [PM_FEAT_SHORT_STOP] = -0.89f, [PM_FEAT_SHORT_COLON] = -0.48f,
    [PM_FEAT_COMMAS] = 0.45f, [PM_FEAT_QUOTED] = -0.05f, [PM_FEAT_LOW] = 0.12f,
    [PM_FEAT_DIGITS] = -0.19f, [PM_FEAT_CAPS] = 0.01f, [PM_FEAT_UPPER] = 0.14f,
    [PM_FEAT_BARS] = -1.36f, [PM_FEAT_PAREN] = 0.14f, [PM_FEAT_NO_LETTERS] = -1.02f,
    [PM_FEAT_LINK_ALL] = -0.07f, [PM_FEAT_LINK_HALF] = -1.21f, [PM_FEAT_LINK_SOME] = -0.15f,
    [PM_FEAT_LINKS_3] = 0.30f, [PM_FEAT_LINK_LONG] = -0.94f, [PM_FEAT_LINK_STRONG] = -0.51f,
    [PM_FEAT_STRONG] = -0.94f, [PM_FEAT_STRONG_START] = -0.70f, [PM_FEAT_EM] = -1.54f,
    [PM_FEAT_STRONG_STOP] = -0.94f, [PM_FEAT_WHOLE] = -0.17f, [PM_FEAT_COVER] = -1.45f,
    [PM_FEAT_W_MORE] = -0.63f, [PM_FEAT_W_LIST] = -0.41f, [PM_FEAT_W_SHARE] = -0.75f,
    [PM_FEAT_W_SIGN] = -0.11f, [PM_FEAT_W_TALK] = -0.24f, [PM_FEAT_W_LEGAL] = 0.04f,
    [PM_FEAT_W_CONTACT] = 0.18f, [PM_FEAT_W_AD] = -0.43f, [PM_FEAT_W_PHOTO] = -0.83f,
    [PM_FEAT_W_SOURCE] = -0.40f, [PM_FEAT_W_BY] = -0.16f, [PM_FEAT_W_WHEN] = -0.86f,
    [PM_FEAT_W_NAV] = -0.40f, [PM_FEAT_I_MORE] = -0.94f, [PM_FEAT_I_SIGN] = -1.99f,
    [PM_FEAT_I_LEGAL] = -0.03f, [PM_FEAT_I_PHOTO] = -0.19f, [PM_FEAT_I_TALK] = -0.46f,
    [PM_FEAT_I_BY] = -0.21f, [PM_FEAT_MORE_LINK] = -1.20f, [PM_FEAT_E_PHOTO] = -0.61f,
    [PM_FEAT_SAME_PARENT] = 0.11f, [PM_FEAT_SAME_SIGN] = 1.10f, [PM_FEAT_DEEPER] = -0.69f,
    [PM_FEAT_DEEPER_3] = -0.71f, [PM_FEAT_SHALLOWER] = -0.84f, [PM_FEAT_PARENT_GOOD] = 0.62f,
    [PM_FEAT_PARENT_POOR] = 0.30f, [PM_FEAT_ALONE] = 0.30f, [PM_FEAT_FIRST] = -0.07f,
    [PM_FEAT_BEFORE] = 0.61f, [PM_FEAT_BEHIND] = 0.05f, [PM_FEAT_LAST] = -0.11f,
    [PM_FEAT_LAST_3] = -0.52f, [PM_FEAT_LATE] = -1.28f, [PM_FEAT_BEFORE_TITLE] = -0.97f,
    [PM_FEAT_NO_TITLE_YET] = 0.01f, [PM_FEAT_IS_TITLE] = -0.68f, [PM_FEAT_IS_LEAD] = -0.54f,
    [PM_FEAT_LEAD_BEFORE] = -0.81f, [PM_FEAT_REPEATS] = -0.45f, [PM_FEAT_NEXT_TITLE] = -2.07f,
    [PM_FEAT_AUTHOR_NAME] = -1.81f, [PM_FEAT_LEAD_SAME] = -0.73f, [PM_FEAT_OTHER_ARTICLE] = 0.47f,
    [PM_FEAT_OTHER_LONG] = -0.37f, [PM_FEAT_NEXT_OTHER] = -3.47f, [PM_FEAT_SAME_PATH] = 1.27f,
    [PM_FEAT_SAME_PATH_NOT_SIGN] = -0.17f, [PM_FEAT_SECTION_UI] = 0.07f,
    [PM_FEAT_SECTION_SIGN] = 0.20f, [PM_FEAT_PASSED_UI] = -1.15f, [PM_FEAT_AFTER_IMG] = -0.45f,
    [PM_FEAT_AFTER_IMG_SHORT] = -1.12f, [PM_FEAT_PARENT_LINKED] = 0.06f,
    [PM_FEAT_PARENT_MIXED] = -0.08f, [PM_FEAT_SHORT_PARENT_LINKED] = -0.37f,
    [PM_FEAT_NEWS] = -0.54f, [PM_FEAT_NEWS_LEAD] = -0.82f, [PM_FEAT_NEWS_BEFORE] = -0.60f,
    [PM_FEAT_NEWS_ITEM] = 0.19f, [PM_FEAT_NEWS_SHORT] = 0.47f, [PM_FEAT_NEWS_EM] = -0.22f,
    [PM_FEAT_NEWS_HEAD] = 0.24f, [PM_FEAT_NEWS_BEHIND] = -0.48f, [PM_FEAT_LD] = -0.88f,
    [PM_FEAT_LD_LEAD] = -0.21f, [PM_FEAT_LD_BEFORE] = -1.68f, [PM_FEAT_LD_ITEM] = -0.54f,
    [PM_FEAT_LD_SHORT] = 0.33f, [PM_FEAT_LD_EM] = -1.33f, [PM_FEAT_LD_HEAD] = 1.54f,
    [PM_FEAT_LD_BEHIND] = -0.29f, [PM_FEAT_THIN] = 0.63f, [PM_FEAT_THIN_SHORT] = 0.86f,
    [PM_FEAT_THIN_ITEM] = 1.25f, [PM_FEAT_THIN_ROW] = 0.50f, [PM_FEAT_THIN_HEAD] = -0.34f,
    [PM_FEAT_THIN_BEHIND] = -0.60f, [PM_FEAT_PREV_GOOD] = 0.14f, [PM_FEAT_NEXT_GOOD] = 0.58f,
    [PM_FEAT_PREV_3] = 0.28f, [PM_FEAT_NEXT_3] = -0.20f, [PM_FEAT_PREV_SHORT] = 0.10f,
    [PM_FEAT_NEXT_SHORT] = -0.12f, [PM_FEAT_HEAD_PROSE] = 0.31f, [PM_FEAT_HEAD_NONE] = -0.49f,
    [PM_FEAT_ITEM_POOR] = 0.04f, [PM_FEAT_ITEM_RICH] = -1.18f, [PM_FEAT_MARK_0 + 0] = 0.27f,
    [PM_FEAT_MARK_0 + 1] = -0.68f, [PM_FEAT_MARK_0 + 2] = -1.05f, [PM_FEAT_MARK_0 + 3] = -0.66f,
    [PM_FEAT_MARK_0 + 4] = -1.36f, [PM_FEAT_MARK_0 + 5] = -1.04f, [PM_FEAT_MARK_0 + 6] = -1.08f,
    [PM_FEAT_MARK_0 + 7] = -0.72f, [PM_FEAT_MARK_0 + 8] = -1.24f, [PM_FEAT_MARK_0 + 9] = -0.87f,
    [PM_FEAT_MARK_0 + 10] = -0.31f, [PM_FEAT_MARK_0 + 11] = -0.58f, [PM_FEAT_MARK_0 + 12] = -0.34f,
    [PM_FEAT_MARK_0 + 13] = 0.12f, [PM_FEAT_MARK_0 + 14] = -0.82f, [PM_FEAT_MARK_0 + 15] = -0.38f,
    [PM_FEAT_MARK_0 + 16] = -0.02f, [PM_FEAT_MARK_0 + 17] = -0.52f, [PM_FEAT_MARK_0 + 18] = -0.57f,
    [PM_FEAT_MARK_0 + 19] = -0.29f, [PM_FEAT_MARK_0 + 20] = -0.40f, [PM_FEAT_MARK_0 + 21] = -0.04f,
    [PM_FEAT_MARK_0 + 22] = 0.08f, [PM_FEAT_MARK_0 + 23] = -1.48f, [PM_FEAT_MARK_0 + 24] = -0.48f,
    [PM_FEAT_MARK_0 + 25] = 0.51f, [PM_FEAT_MARK_0 + 26] = -0.19f, [PM_FEAT_MARK_0 + 27] = 0.83f,
    [PM_FEAT_MARK_0 + 28] = -0.32f, [PM_FEAT_MARK_0 + 29] = 0.01f, [PM_FEAT_MARK_0 + 30] = 0.09f,
    [PM_FEAT_NEAR_0 + 0] = -0.08f, [PM_FEAT_NEAR_0 + 1] = -0.42f, [PM_FEAT_NEAR_0 + 2] = 0.06f,
    [PM_FEAT_NEAR_0 + 3] = 0.17f, [PM_FEAT_NEAR_0 + 4] = 0.27f, [PM_FEAT_NEAR_0 + 5] = -0.64f,
    [PM_FEAT_NEAR_0 + 6] = -1.03f, [PM_FEAT_NEAR_0 + 7] = -0.53f, [PM_FEAT_NEAR_0 + 8] = -0.69f,
    [PM_FEAT_NEAR_0 + 9] = -0.80f, [PM_FEAT_NEAR_0 + 10] = -0.23f, [PM_FEAT_NEAR_0 + 11] = -0.35f,
    [PM_FEAT_NEAR_0 + 12] = -0.24f, [PM_FEAT_NEAR_0 + 13] = 0.21f, [PM_FEAT_NEAR_0 + 14] = 0.13f,
    [PM_FEAT_NEAR_0 + 15] = -1.02f, [PM_FEAT_NEAR_0 + 16] = 0.24f, [PM_FEAT_NEAR_0 + 17] = -0.16f,
    [PM_FEAT_NEAR_0 + 18] = -0.03f, [PM_FEAT_NEAR_0 + 19] = 0.89f, [PM_FEAT_NEAR_0 + 20] = 0.40f,
    [PM_FEAT_NEAR_0 + 21] = -0.48f, [PM_FEAT_NEAR_0 + 22] = 0.21f, [PM_FEAT_NEAR_0 + 23] = -0.62f,
    [PM_FEAT_NEAR_0 + 24] = -0.32f, [PM_FEAT_NEAR_0 + 25] = 0.75f, [PM_FEAT_NEAR_0 + 26] = -0.19f,
    [PM_FEAT_NEAR_0 + 27] = 0.83f, [PM_FEAT_NEAR_0 + 28] = -0.20f, [PM_FEAT_NEAR_0 + 29] = -0.43f,
    [PM_FEAT_NEAR_0 + 30] = -0.06f, [PM_FEAT_LONG_0 + 0] = 0.80f, [PM_FEAT_LONG_0 + 2] = -0.44f,
    [PM_FEAT_LONG_0 + 3] = 0.82f, [PM_FEAT_LONG_0 + 4] = -0.10f, [PM_FEAT_LONG_0 + 5] = -0.43f,
    [PM_FEAT_LONG_0 + 6] = 0.24f, [PM_FEAT_LONG_0 + 8] = -0.34f, [PM_FEAT_LONG_0 + 9] = -0.48f,
    [PM_FEAT_LONG_0 + 10] = 0.20f, [PM_FEAT_LONG_0 + 11] = 0.15f, [PM_FEAT_LONG_0 + 13] = -0.07f,
    [PM_FEAT_LONG_0 + 14] = 0.51f, [PM_FEAT_LONG_0 + 15] = -0.20f, [PM_FEAT_LONG_0 + 16] = 0.25f,
    [PM_FEAT_LONG_0 + 17] = 0.13f, [PM_FEAT_LONG_0 + 18] = -0.01f, [PM_FEAT_LONG_0 + 19] = -0.14f,
    [PM_FEAT_LONG_0 + 20] = -0.18f, [PM_FEAT_LONG_0 + 21] = 0.88f, [PM_FEAT_LONG_0 + 22] = -0.41f,
    [PM_FEAT_LONG_0 + 23] = -0.51f, [PM_FEAT_LONG_0 + 24] = 0.12f, [PM_FEAT_LONG_0 + 25] = 0.92f,
    [PM_FEAT_LONG_0 + 26] = 0.03f, [PM_FEAT_LONG_0 + 28] = 0.17f, [PM_FEAT_LONG_0 + 29] = -0.16f,
    [PM_FEAT_LONG_0 + 30] = 0.15f,
}};

const struct pm_clean_weights pm_clean_weights_second = {{
    [PM_FEAT_BIAS] = 2.42f, [PM_FEAT_LEN_20] = -1.64f, [PM_FEAT_LEN_40] = -0.47f,
    [PM_FEAT_LEN_80] = -0.35f, [PM_FEAT_LEN_160] = 0.67f, [PM_FEAT_LEN_320] = 0.41f,
    [PM_FEAT_LEN_MORE] = 1.40f, [PM_FEAT_P] = -0.29f, [PM_FEAT_DIV] = -0.78f,
    [PM_FEAT_ITEM] = 1.07f, [PM_FEAT_H1] = -0.61f, [PM_FEAT_H2] = 0.18f, [PM_FEAT_H3] = -0.54f,
    [PM_FEAT_H4] = -0.47f, [PM_FEAT_QUOTE_TAG] = -0.49f, [PM_FEAT_ROW] = 1.46f,
    [PM_FEAT_PRE] = 0.70f, [PM_FEAT_END_STOP] = 1.07f, [PM_FEAT_END_DOTS] = -0.48f,
    [PM_FEAT_END_COLON] = 0.12f, [PM_FEAT_END_WORD] = -0.53f, [PM_FEAT_END_OTHER] = -0.14f,
    [PM_FEAT_SHORT_STOP] = -1.21f, [PM_FEAT_SHORT_COLON] = -0.59f, [PM_FEAT_COMMAS] = 0.65f,
    [PM_FEAT_QUOTED] = -0.03f, [PM_FEAT_LOW] = 0.10f, [PM_FEAT_DIGITS] = -0.28f,
    [PM_FEAT_CAPS] = 0.09f, [PM_FEAT_UPPER] = 0.13f, [PM_FEAT_BARS] = -1.74f,
    [PM_FEAT_PAREN] = 0.22f, [PM_FEAT_NO_LETTERS] = -1.07f, [PM_FEAT_LINK_ALL] = -0.07f,
    [PM_FEAT_LINK_HALF] = -1.65f, [PM_FEAT_LINK_SOME] = -0.27f, [PM_FEAT_LINKS_3] = 0.14f,
    [PM_FEAT_LINK_LONG] = -1.23f, [PM_FEAT_LINK_STRONG] = -0.60f, [PM_FEAT_STRONG] = -1.28f,
    [PM_FEAT_STRONG_START] = -0.86f, [PM_FEAT_EM] = -1.83f, [PM_FEAT_STRONG_STOP] = -1.21f,
    [PM_FEAT_WHOLE] = -0.25f, [PM_FEAT_COVER] = -1.91f, [PM_FEAT_W_MORE] = -0.86f,
    [PM_FEAT_W_LIST] = -0.41f, [PM_FEAT_W_SHARE] = -0.86f, [PM_FEAT_W_SIGN] = -0.14f,
    [PM_FEAT_W_TALK] = -0.32f, [PM_FEAT_W_LEGAL] = -0.04f, [PM_FEAT_W_CONTACT] = 0.17f,
    [PM_FEAT_W_AD] = -0.46f, [PM_FEAT_W_PHOTO] = -0.89f, [PM_FEAT_W_SOURCE] = -0.52f,
    [PM_FEAT_W_BY] = -0.25f, [PM_FEAT_W_WHEN] = -1.16f, [PM_FEAT_W_NAV] = -0.48f,
    [PM_FEAT_I_MORE] = -1.27f, [PM_FEAT_I_SIGN] = -2.20f, [PM_FEAT_I_LEGAL] = -0.21f,
    [PM_FEAT_I_PHOTO] = -0.30f, [PM_FEAT_I_TALK] = -0.45f, [PM_FEAT_I_BY] = -0.29f,
    [PM_FEAT_MORE_LINK] = -1.49f, [PM_FEAT_E_PHOTO] = -0.74f, [PM_FEAT_SAME_PARENT] = 0.12f,
    [PM_FEAT_SAME_SIGN] = 1.08f, [PM_FEAT_DEEPER] = -0.88f, [PM_FEAT_DEEPER_3] = -1.01f,
    [PM_FEAT_SHALLOWER] = -1.03f, [PM_FEAT_PARENT_GOOD] = 0.64f, [PM_FEAT_PARENT_POOR] = 0.37f,
    [PM_FEAT_ALONE] = 0.33f, [PM_FEAT_FIRST] = -0.25f, [PM_FEAT_BEFORE] = 0.32f,
    [PM_FEAT_BEFORE_LONG] = 0.24f, [PM_FEAT_BEHIND] = 0.15f, [PM_FEAT_LAST] = 0.01f,
    [PM_FEAT_LAST_3] = -0.42f, [PM_FEAT_LATE] = -1.63f, [PM_FEAT_BEFORE_TITLE] = -1.06f,
    [PM_FEAT_NO_TITLE_YET] = -0.02f, [PM_FEAT_IS_TITLE] = -0.86f, [PM_FEAT_IS_LEAD] = -0.80f,
    [PM_FEAT_LEAD_BEFORE] = -0.88f, [PM_FEAT_REPEATS] = -0.62f, [PM_FEAT_NEXT_TITLE] = -2.00f,
    [PM_FEAT_AUTHOR_NAME] = -2.20f, [PM_FEAT_LEAD_SAME] = -0.78f, [PM_FEAT_OTHER_ARTICLE] = 0.65f,
    [PM_FEAT_OTHER_LONG] = -0.55f, [PM_FEAT_NEXT_OTHER] = -3.49f, [PM_FEAT_SAME_PATH] = 1.52f,
    [PM_FEAT_SAME_PATH_NOT_SIGN] = -0.44f, [PM_FEAT_SECTION_UI] = -0.01f,
    [PM_FEAT_SECTION_SIGN] = 0.31f, [PM_FEAT_PASSED_UI] = -1.06f, [PM_FEAT_AFTER_IMG] = -0.63f,
    [PM_FEAT_AFTER_IMG_SHORT] = -1.54f, [PM_FEAT_PARENT_LINKED] = 0.15f,
    [PM_FEAT_PARENT_MIXED] = 0.04f, [PM_FEAT_SHORT_PARENT_LINKED] = -0.51f, [PM_FEAT_NEWS] = -0.61f,
    [PM_FEAT_NEWS_LEAD] = -0.88f, [PM_FEAT_NEWS_BEFORE] = -0.74f, [PM_FEAT_NEWS_ITEM] = 0.11f,
    [PM_FEAT_NEWS_SHORT] = 0.62f, [PM_FEAT_NEWS_EM] = -0.68f, [PM_FEAT_NEWS_HEAD] = 0.34f,
    [PM_FEAT_NEWS_BEHIND] = -0.59f, [PM_FEAT_LD] = -1.10f, [PM_FEAT_LD_LEAD] = -0.52f,
    [PM_FEAT_LD_BEFORE] = -1.95f, [PM_FEAT_LD_ITEM] = -0.61f, [PM_FEAT_LD_SHORT] = 0.42f,
    [PM_FEAT_LD_EM] = -1.64f, [PM_FEAT_LD_HEAD] = 1.91f, [PM_FEAT_LD_BEHIND] = -0.22f,
    [PM_FEAT_THIN] = 0.77f, [PM_FEAT_THIN_SHORT] = 1.23f, [PM_FEAT_THIN_ITEM] = 1.16f,
    [PM_FEAT_THIN_ROW] = 0.51f, [PM_FEAT_THIN_HEAD] = -0.42f, [PM_FEAT_THIN_BEHIND] = -0.38f,
    [PM_FEAT_PREV_GOOD] = -0.17f, [PM_FEAT_NEXT_GOOD] = 0.64f, [PM_FEAT_NEXT_3] = -0.42f,
    [PM_FEAT_PREV_SHORT] = 0.26f, [PM_FEAT_NEXT_SHORT] = -0.13f, [PM_FEAT_HEAD_PROSE] = 0.24f,
    [PM_FEAT_HEAD_NONE] = -0.72f, [PM_FEAT_ITEM_POOR] = 0.34f, [PM_FEAT_ITEM_RICH] = -0.95f,
    [PM_FEAT_MARK_0 + 0] = 0.31f, [PM_FEAT_MARK_0 + 1] = -0.72f, [PM_FEAT_MARK_0 + 2] = -1.04f,
    [PM_FEAT_MARK_0 + 3] = -0.74f, [PM_FEAT_MARK_0 + 4] = -1.24f, [PM_FEAT_MARK_0 + 5] = -1.27f,
    [PM_FEAT_MARK_0 + 6] = -1.22f, [PM_FEAT_MARK_0 + 7] = -0.80f, [PM_FEAT_MARK_0 + 8] = -1.39f,
    [PM_FEAT_MARK_0 + 9] = -1.05f, [PM_FEAT_MARK_0 + 10] = -0.41f, [PM_FEAT_MARK_0 + 11] = -0.77f,
    [PM_FEAT_MARK_0 + 12] = -0.24f, [PM_FEAT_MARK_0 + 13] = 0.01f, [PM_FEAT_MARK_0 + 14] = -0.87f,
    [PM_FEAT_MARK_0 + 15] = -0.64f, [PM_FEAT_MARK_0 + 16] = 0.09f, [PM_FEAT_MARK_0 + 17] = -0.51f,
    [PM_FEAT_MARK_0 + 18] = -0.63f, [PM_FEAT_MARK_0 + 19] = -0.27f, [PM_FEAT_MARK_0 + 20] = -0.49f,
    [PM_FEAT_MARK_0 + 21] = -0.11f, [PM_FEAT_MARK_0 + 22] = 0.14f, [PM_FEAT_MARK_0 + 23] = -1.87f,
    [PM_FEAT_MARK_0 + 24] = -0.62f, [PM_FEAT_MARK_0 + 25] = 0.50f, [PM_FEAT_MARK_0 + 26] = -0.21f,
    [PM_FEAT_MARK_0 + 27] = 0.86f, [PM_FEAT_MARK_0 + 28] = -0.41f, [PM_FEAT_MARK_0 + 29] = 0.06f,
    [PM_FEAT_MARK_0 + 30] = 0.13f, [PM_FEAT_NEAR_0 + 0] = -0.16f, [PM_FEAT_NEAR_0 + 1] = -0.38f,
    [PM_FEAT_NEAR_0 + 2] = -0.01f, [PM_FEAT_NEAR_0 + 3] = 0.08f, [PM_FEAT_NEAR_0 + 4] = -0.03f,
    [PM_FEAT_NEAR_0 + 5] = -0.67f, [PM_FEAT_NEAR_0 + 6] = -1.06f, [PM_FEAT_NEAR_0 + 7] = -0.58f,
    [PM_FEAT_NEAR_0 + 8] = -0.95f, [PM_FEAT_NEAR_0 + 9] = -0.98f, [PM_FEAT_NEAR_0 + 10] = -0.29f,
    [PM_FEAT_NEAR_0 + 11] = -0.52f, [PM_FEAT_NEAR_0 + 12] = -0.18f, [PM_FEAT_NEAR_0 + 13] = 0.19f,
    [PM_FEAT_NEAR_0 + 14] = 0.13f, [PM_FEAT_NEAR_0 + 15] = -1.10f, [PM_FEAT_NEAR_0 + 16] = 0.26f,
    [PM_FEAT_NEAR_0 + 17] = -0.17f, [PM_FEAT_NEAR_0 + 18] = -0.10f, [PM_FEAT_NEAR_0 + 19] = 0.83f,
    [PM_FEAT_NEAR_0 + 20] = 0.56f, [PM_FEAT_NEAR_0 + 21] = -0.56f, [PM_FEAT_NEAR_0 + 22] = 0.27f,
    [PM_FEAT_NEAR_0 + 23] = -0.73f, [PM_FEAT_NEAR_0 + 24] = -0.43f, [PM_FEAT_NEAR_0 + 25] = 0.72f,
    [PM_FEAT_NEAR_0 + 26] = -0.20f, [PM_FEAT_NEAR_0 + 27] = 0.87f, [PM_FEAT_NEAR_0 + 28] = -0.28f,
    [PM_FEAT_NEAR_0 + 29] = -0.56f, [PM_FEAT_NEAR_0 + 30] = -0.02f, [PM_FEAT_LONG_0 + 0] = 0.98f,
    [PM_FEAT_LONG_0 + 2] = -0.52f, [PM_FEAT_LONG_0 + 3] = 0.82f, [PM_FEAT_LONG_0 + 4] = 0.01f,
    [PM_FEAT_LONG_0 + 5] = -0.49f, [PM_FEAT_LONG_0 + 6] = 0.21f, [PM_FEAT_LONG_0 + 8] = -0.47f,
    [PM_FEAT_LONG_0 + 9] = -0.54f, [PM_FEAT_LONG_0 + 10] = 0.17f, [PM_FEAT_LONG_0 + 11] = -0.08f,
    [PM_FEAT_LONG_0 + 13] = -0.14f, [PM_FEAT_LONG_0 + 14] = 0.52f, [PM_FEAT_LONG_0 + 15] = -0.29f,
    [PM_FEAT_LONG_0 + 16] = 0.29f, [PM_FEAT_LONG_0 + 17] = 0.13f, [PM_FEAT_LONG_0 + 18] = -0.06f,
    [PM_FEAT_LONG_0 + 19] = -0.09f, [PM_FEAT_LONG_0 + 20] = -0.28f, [PM_FEAT_LONG_0 + 21] = 0.99f,
    [PM_FEAT_LONG_0 + 22] = -0.19f, [PM_FEAT_LONG_0 + 23] = -0.43f, [PM_FEAT_LONG_0 + 24] = 0.26f,
    [PM_FEAT_LONG_0 + 25] = 0.86f, [PM_FEAT_LONG_0 + 26] = 0.04f, [PM_FEAT_LONG_0 + 28] = 0.27f,
    [PM_FEAT_LONG_0 + 29] = -0.15f, [PM_FEAT_LONG_0 + 30] = 0.28f, [PM_FEAT_S_OWN] = -0.56f,
    [PM_FEAT_S_PREV] = 0.12f, [PM_FEAT_S_NEXT] = 0.06f, [PM_FEAT_S_PREV_3] = 0.05f,
    [PM_FEAT_S_NEXT_3] = 0.01f, [PM_FEAT_S_BEFORE] = -0.87f, [PM_FEAT_S_BEHIND] = -0.03f,
    [PM_FEAT_S_PARENT] = 0.05f, [PM_FEAT_S_SIGN] = 0.26f, [PM_FEAT_S_HEAD_NEXT] = 0.09f,
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
